// Generated from docs/api/openapi.json by `npm run api`; do not change by hand.
export interface paths {
    "/api/v1/account/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What asking for the account's end would come to. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CancellationProspectBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Ends the account: at once without a completed real-name check, else after the days without a sign-in.
         * @description Errors: `agreement_required`, `code_wrong`, `code_expired`, `code_used`, `code_dead`, `cancellation_blocked`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CancellationRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CancellationBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a code to the caller's own number.
         * @description Errors: `sms_too_soon`, `sms_daily_limit`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AccountCodeRequest"];
                };
            };
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SmsCodeBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/face-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Opens the camera page: for whoever cannot receive codes at the present number, or has forgotten the password on a phone without keys.
         * @description Errors: `face_not_offered`, `face_limit`, `face_unavailable`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AccountFaceRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FaceCheckOpenedBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/face-checks/{face_check_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came of such a visit; the provider is asked. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    face_check_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FaceCheckBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/phone-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begins a change of number with the code of the present one, or with a face that passed for it.
         * @description Errors: `code_wrong`, `code_expired`, `code_used`, `code_dead`, `face_check_not_found`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PhoneChangeRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PhoneChangeBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/phone-changes/{phone_change_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Completes the change; every other device of the person is signed out. A repeat changes nothing.
         * @description Errors: `phone_change_not_found`, `phone_change_expired`, `phone_invalid`, `phone_unchanged`, `code_wrong`,
         *     `code_expired`, `code_used`, `code_dead`, `phone_in_use`.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    phone_change_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewPhoneCodeRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PhoneChangedBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/phone-changes/{phone_change_id}/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a code to the new number. The answer does not tell whether that has an account.
         * @description Errors: `phone_change_not_found`, `phone_change_expired`, `phone_invalid`, `phone_unchanged`, `sms_too_soon`,
         *     `sms_daily_limit`, `rate_limited`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    phone_change_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewPhoneRequest"];
                };
            };
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SmsCodeBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the caller has asked for, at whatever units; waits for a change if asked to. */
        get: {
            parameters: {
                query?: {
                    /** @description How long to wait for a change, 0 to 25. */
                    wait_s?: number;
                    /** @description The version that one has. */
                    after_version?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OwnsBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{application_id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Passes or refuses. Of two at once one counts.
         * @description Errors: `application_not_found`, `not_administrator`, `application_decided`, `reason_invalid`,
         *     `member_is_administrator`, `member_is_oneself`, `member_is_legal_representative`, `member_not_found`, `seal_voided`,
         *     `seal_permission_missing`, `seal_until_over`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    application_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DecisionRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/askers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Registers a tool's key. The same key gets the same id. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewAsker"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RegisteredAskerBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/askers/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tool's own standing. Signed by the asker's key. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccountBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/askers/current/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends all runs that phones keep with the asker. Signed by the asker's key, over an empty body. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/askers/current/seals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The seals of the identity that the tool is signed in as. Signed by the asker's key. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccountSealList"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/askers/current/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends the sign-in. Signed by the asker's key. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/callbacks/deposits/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Where a deposit provider hints that something has happened. Errors: `callback_invalid`. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    provider: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/callbacks/faces/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A face provider says that something has happened; a reason to ask it, and no more. Providers want 200 and nothing else. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    provider: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        /** The same, for providers that post. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    provider: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/callbacks/payments/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A payment provider reports; the signature is over the exact bytes of the body. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    provider: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contents/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What operators have published of a kind: `question`, `contact`, `agreement` or `release`. Nobody needs to be signed in. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    kind: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ContentsBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/countries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Countries whose people may hand in a document, beside Hong Kong, Macau and Taiwan. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CountriesBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/power-of-attorney.docx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A document of an office program. Nobody has to be signed in: it says nothing about anybody. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": unknown;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fault-logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hands in the phone's log of faults, on its owner's word. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["FaultLogRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FaultLogBody"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/foreign-units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hands a company from elsewhere to an operator.
         * @description Errors: `not_verified`, `unit_name_invalid`, `country_invalid`, `registration_number_invalid`,
         *     `representative_name_invalid`, `document_number_invalid`, `unit_exists`, `review_open`, `review_limit`, `material_not_found`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ForeignRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseIdBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/holdings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the caller has. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Holdings"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/holdings/{holding_id}/installs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the certificates of a holding of the caller came to devices, newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    holding_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InstallRecords"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        /** First step: commitment and reply. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    holding_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["InstallRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InstallBody"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Checks name and ID number with the authority. The same facts again get the same answer.
         * @description Errors: `nationality_not_offered`, `name_invalid`, `id_number_invalid`, `identity_mismatch`, `identity_limit`,
         *     `identity_unavailable`, `document_in_use`, `already_verified`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["IdentityRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IdentityBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/installs/{install_id}/certificate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Third step: proof of possession, and the certificate. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    install_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CertificateRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IssuedCertificateBody"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/installs/{install_id}/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Second step: the joint key, and the co-signature over the request info. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    install_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["KeyRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KeyBody"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an invitation's link leads to. Errors: `invitation_not_found`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InvitationBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/materials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hands in a JPEG, a PNG or a PDF of at most 8 MiB. What nothing relies on within a day is forgotten. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/octet-stream": number[];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MaterialBody"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/materials/{material_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own, as it was handed in. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    material_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "image/jpeg": unknown;
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MeBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/document-review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks an operator to look at a document from elsewhere.
         * @description Errors: `nationality_not_offered`, `document_kind_invalid`, `document_number_invalid`, `document_back_needed`, `name_invalid`,
         *     `already_verified`, `review_open`, `material_not_found`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DocumentReviewRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseOpenedBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/face-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Opens the camera page, or the one that is open already.
         * @description Errors: `already_verified`, `id_card_needed`, `face_not_offered`, `face_limit`, `face_unavailable`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FaceCheckOpenedBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/face-checks/{face_check_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What came of a visit. The provider is asked; what the browser brought back counts for nothing.
         * @description Errors: `face_check_not_found`, `face_unavailable`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    face_check_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FaceCheckBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/face-review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks an operator to compare the face, after three failed visits or one without a picture.
         * @description Errors: `already_verified`, `face_review_not_offered`, `review_open`, `material_not_found`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["FaceReviewRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseOpenedBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/guessable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What no part of may be in the certificate password.
         * @description Errors: `not_verified`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GuessableBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/id-card": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reads both sides of the ID card and compares them with name and number. Once they were found good, a repeat changes nothing.
         * @description Errors: `identity_needed`, `material_not_found`, `id_card_limit`, `id_card_unavailable`, `id_card_retake` `{side, reason}`,
         *     `id_card_mismatch` `{field}`, `id_card_unsure` `{read}`, `id_card_expired` `{valid_to}`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["IdCardRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IdentityBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the real name is proven; waits for a change if asked to. */
        get: {
            parameters: {
                query?: {
                    /** @description How long to wait for a change, 0 to 25. */
                    wait_s?: number;
                    /** @description The version that one has. */
                    after_version?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IdentityProgressBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The description of this API, as clients are generated from. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": unknown;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's records, newest first, at most 50 (REC-1). */
        get: {
            parameters: {
                query?: {
                    /** @description Only records before this instant: the `at_us` of the last one seen. */
                    before_us?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OperationList"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The log, newest first, at most 50. Errors: `duty_missing`. */
        get: {
            parameters: {
                query?: {
                    /** @description Only entries before this one: the `next` of the page before. */
                    before?: number;
                    /** @description Only acts of this operator's id, or of `console`, the command line. */
                    actor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuditBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Goes over the whole log. Errors: `duty_missing`. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuditVerifiedBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The cases that the operator may decide, at most 50; names and numbers are masked. Errors: `duty_missing`. */
        get: {
            parameters: {
                query?: {
                    /** @description Only this kind. */
                    kind?: string;
                    /** @description `open` (oldest first; the default), `passed`, `refused` or `withdrawn` (newest first). */
                    state?: string;
                    /** @description The `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CasesBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/cases/{case_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them. Errors: `case_not_found`, `duty_missing`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    case_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeskCaseBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/cases/{case_id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decides it; of two at once, one counts and the other is told.
         * @description Errors: `case_not_found`, `duty_missing`, `case_decided`, `reason_invalid`, and what the case's subject has against it.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    case_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CaseDecisionRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseDecidedBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/cases/{case_id}/materials/{material_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file of a case that the operator has opened; each look is in the audit log.
         * @description Errors: `case_not_found`, `duty_missing`, `case_not_opened`, `material_not_found`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    case_id: string;
                    material_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "image/jpeg": unknown;
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/cases/{case_id}/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Opens it in clear for fifteen minutes; the reason goes into the audit log. Whoever is first has the case at hand, and
         *     the others see that.
         * @description Errors: `case_not_found`, `duty_missing`, `reason_invalid`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    case_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OpenCaseRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeskCaseBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/contents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All of a kind, drafts too. Errors: `duty_missing`. */
        get: {
            parameters: {
                query: {
                    /** @description `question`, `contact`, `agreement` or `release`. */
                    kind: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WrittenContentsBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        /** Begins a draft. Errors: `duty_missing`, `content_key_invalid`, `content_title_invalid`, `content_body_invalid`. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ContentRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ContentIdBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/contents/{content_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes the words. Errors besides those of a draft: `content_not_found`, `content_changed`, `content_published`. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    content_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ContentChange"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/contents/{content_id}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shows it to everybody, or takes it back. Errors: `duty_missing`, `content_not_found`, `content_changed`, `content_state`,
         *     `content_published`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    content_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ContentTurn"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/fault-logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest logs, 200 at most; they are kept for 90 days. Errors: `duty_missing`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ToldFaultsListBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/fault-logs/{fault_log_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The lines of one; reading them is in the audit log. Errors: `duty_missing`, `fault_log_not_found`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    fault_log_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FaultLinesBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and what they may do. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OperatorMeBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes one's own password; one's other sessions end.
         * @description Errors: `operator_password_wrong`, `operator_tries_exceeded`, `operator_password_weak`, `operator_password_same`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OperatorPasswordRequest"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/operators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All operators, in the order of their making. Errors: `duty_missing`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OperatorsBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Makes one. Errors: `duty_missing`, `operator_name_invalid`, `operator_exists`, `operator_roles_missing`,
         *     `operator_roles_clash`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OperatorRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OperatorMadeBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/operators/{operator_id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes one: roles, lock, sessions, second factor, password. All but `unlock` end the operator's sessions.
         * @description Errors: `duty_missing`, `operator_not_found`, `operator_is_self`, `operator_last`, `operator_roles_missing`,
         *     `operator_roles_clash`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    operator_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OperatorChangeRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OperatorChangedBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Proves the second factor, enrolling it at the first time, and begins a session.
         * @description Errors: `operator_ticket_invalid`, `operator_code_wrong`, `operator_tries_exceeded`, `origin_refused`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OperatorCodeRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OperatorSessionBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Signs out. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/sessions/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gets the next pair of tokens for the refresh cookie, once.
         * @description Errors: `unauthenticated`, `refresh_reused`, `origin_refused`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OperatorSessionBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Proves name and password. A name that nobody has looks like a wrong password.
         * @description Errors: `operator_refused`, `operator_tries_exceeded`, `origin_refused`, `rate_limited`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OperatorSignInRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OperatorStepBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/sign-in/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replaces a password that somebody else has made.
         * @description Errors: `operator_ticket_invalid`, `operator_password_weak`, `operator_password_same`, `origin_refused`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OperatorNewPasswordRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OperatorStepBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Orders certificates. With `Idempotency-Key` a repeat gets the same order. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OrderRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderBody"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{order_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of the caller's orders. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    order_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{order_id}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Goes to the cashier; a repeat gets the payment that is open. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    order_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PaymentBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the certificate password stands. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PasswordBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        /**
         * Sets the first password. A repeat changes nothing.
         * @description Errors: `password_not_set` (nothing was evaluated for it), `password_already_set`, `proof_invalid`,
         *     `device_proof_invalid`.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PasswordRequest"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes the password. A repeat changes nothing.
         * @description Errors: `password_not_set`, `password_change_stale`, `password_wrong`, `proof_invalid`, `device_proof_invalid`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PasswordChangeRequest"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password/evaluations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Evaluates a blinded password; for `use` the try is counted first.
         * @description Errors: `password_locked`, `password_not_set`, `password_already_set`, `blinded_invalid`, `not_verified`,
         *     `password_epoch_unknown`, `password_reset_not_found`, `password_reset_expired`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["EvaluationRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EvaluationBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password/proofs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shows that the present password is known, and forgets tries.
         * @description Errors: `password_not_set`, `password_wrong`, `device_proof_invalid`, `device_counter_stale`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PasswordProofRequest"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password/reset-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Puts the reset key of this device, in the place of the one before.
         * @description Errors: `reset_key_invalid`, `password_not_set`, `password_wrong`, `device_proof_invalid`, `device_counter_stale`.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ResetKeyRequest"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password/resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begins a reset with the code of the person's number. The device gets back what opens its shares; the person is told.
         * @description Errors: `password_not_set`, `code_wrong`, `code_expired`, `code_used`, `code_dead`, `password_reset_needs_face`,
         *     `face_check_not_found`, `device_proof_invalid`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PasswordResetRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PasswordResetBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password/resets/{password_reset_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Puts the new password in force. A repeat changes nothing.
         * @description Errors: `password_reset_not_found`, `password_reset_expired`, `password_change_stale`, `reset_key_invalid`,
         *     `proof_invalid`, `device_proof_invalid`.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    password_reset_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PasswordResetDoneRequest"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/platforms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The catalogue; for a signed-in person, or an asker whose key has signed the request. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Platforms"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recoveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begins a recovery. The answer does not tell whether the number has an account.
         * @description Errors: `phone_invalid`, `rate_limited`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RecoveryRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecoveryBegunBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recoveries/{recovery_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How it stands. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    recovery_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecoveryBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        /**
         * Gives the account the new number; every session of it ends. A repeat changes nothing.
         * @description Errors: `recovery_order`, `recovery_expired`, `phone_invalid`, `phone_unchanged`, `code_wrong`, `code_expired`, `code_used`,
         *     `code_dead`, `phone_in_use`.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    recovery_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RecoveryFinishRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecoveredBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recoveries/{recovery_id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Proves who one is. Whoever is not the owner, has no mainland document or never handed in a card, and whoever named a
         *     number without an account, get the same answer.
         * @description Errors: `recovery_not_found`, `recovery_expired`, `recovery_order`, `name_invalid`, `id_number_invalid`, `photo_missing`,
         *     `recovery_limit`, `id_card_unavailable`, `id_card_retake`, `id_card_mismatch`, `id_card_unsure`, `id_card_expired`,
         *     `recovery_not_possible`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    recovery_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RecoveryClaimRequest"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recoveries/{recovery_id}/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a code to the new number. The answer does not tell whether that has an account.
         * @description Errors: `recovery_order`, `recovery_expired`, `phone_invalid`, `phone_unchanged`, `rate_limited`, `sms_too_soon`, `sms_daily_limit`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    recovery_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RecoveryPhoneRequest"];
                };
            };
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SmsCodeBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recoveries/{recovery_id}/face-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Opens the camera page. Errors: `recovery_order`, `recovery_expired`, `face_limit`, `face_unavailable`. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    recovery_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FaceCheckOpenedBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recoveries/{recovery_id}/face-checks/{face_check_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came of a visit; a face that passed leads on to the new number. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    recovery_id: string;
                    face_check_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FaceCheckBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recoveries/{recovery_id}/photos/{role}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Hands in a photo, in the place of the one of the same role: `document_front`, `document_back` or `handheld`.
         * @description Errors: `recovery_not_found`, `recovery_expired`, `photo_role_invalid`, `material_empty`, `material_too_large`,
         *     `material_type_invalid`, `rate_limited`.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    recovery_id: string;
                    role: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/octet-stream": number[];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recoveries/{recovery_id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks operators instead. The answer does not tell whether the number has an account.
         * @description Errors: `recovery_order`, `recovery_expired`, `name_invalid`, `document_number_invalid`, `reason_invalid`, `photo_missing`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    recovery_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RecoveryReviewRequest"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scan-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begins a run with the choice of a session: fifty codes of its asker, until nothing happens for five minutes. A repeat
         *     gets the same run.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BeginRun"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BegunBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scan-runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends a run of the caller; codes that wait in it are refused. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    run_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scan-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Opens a session. Signed by the asker's key. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewSession"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scan-sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The asker's view, opened by the session's secret; waits for a change if asked to. */
        get: {
            parameters: {
                query?: {
                    /** @description How long to wait for a change, 0 to 25. */
                    wait_s?: number;
                    /** @description The version that one has. */
                    after_version?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AskerViewBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scan-sessions/{session_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes the session back. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scan-sessions/{session_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as server-sent events, one for each version, until the session is over. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": unknown;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scan-sessions/{session_id}/prepare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** States what is to be signed. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Prepare"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AskerViewBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The session as the phone that claimed it sees it; waits for a change if asked to. */
        get: {
            parameters: {
                query?: {
                    /** @description How long to wait for a change, 0 to 25. */
                    wait_s?: number;
                    /** @description The version that one has. */
                    after_version?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PhoneViewBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{code}/choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who one can sign as, with states and reasons. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ChoicesBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{code}/choose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Picks the certificate; in a login, as whom. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Choose"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PhoneViewBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{code}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes the session behind a code; in a run, a seal is matched and chosen at once. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Claim"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PhoneViewBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{code}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs: the server half answers if everything holds now. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Confirm"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConfirmBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{code}/confirm-login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs the asker in: the device key alone confirms it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["LoginConfirm"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FinishBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{code}/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings the finished signature. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Finish"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FinishBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{code}/match": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Types the number that the asker shows. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MatchNumber"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PhoneViewBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{code}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuses. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PhoneViewBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The seals of a unit, for its members, or the caller's own: personal ones, those of units that the caller administers,
         *     and those lent to the caller now. Oldest first.
         * @description Errors: `not_verified`, `unit_not_found`.
         */
        get: {
            parameters: {
                query?: {
                    /** @description All seals of this unit; without it the caller's own. */
                    unit_id?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SealList"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        /** Makes the seal of a certified unit from a template (SEAL-1). */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewSeal"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SealCreated"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seals/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Draws the seal and keeps nothing: SVG. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewSeal"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "image/svg+xml": unknown;
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The devices on which the person is signed in, this one first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionsBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Signs in; a number without an account gets one.
         * @description Errors: `agreement_required`, `phone_invalid`, `code_wrong`, `code_expired`, `code_used`, `code_dead`,
         *     `device_proof_invalid`, `legal_representative_unknown`, `origin_refused`, `rate_limited`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SessionRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Signs out. Key shares stay on the device. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/current/edition": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Switches the edition without a new sign-in.
         * @description Errors: `legal_representative_unknown`.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["EditionRequest"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/others": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends the sessions of all other devices. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionsEndedBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gets the next pair of tokens for the refresh cookie, once.
         * @description Errors: `unauthenticated`, `refresh_reused`, `origin_refused`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Ends the session of one device.
         * @description Errors: `session_not_found`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    session_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/short-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The code behind a short code. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ShortCode"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CodeBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sms-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a code. The answer does not tell whether the number has an account.
         * @description Errors: `phone_invalid`, `sms_too_soon`, `sms_daily_limit`, `rate_limited`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SmsCodeRequest"];
                };
            };
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SmsCodeBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a tool needs before anybody has signed in. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SystemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/unit-papers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reads a paper of a registration.
         * @description Errors: `not_verified`, `material_not_found`, `paper_role_invalid`, `paper_not_picture`, `paper_retake`, `ocr_unavailable`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PaperRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PaperBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/unit-reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks an operator to look.
         * @description Errors: `not_verified`, `uscc_invalid`, `unit_name_invalid`, `representative_name_invalid`, `document_number_invalid`,
         *     `unit_exists`, `review_not_offered`, `review_open`, `review_limit`, `material_not_found`, `not_administrator`,
         *     `licence_not_due`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UnitReviewRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseIdBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/unit-reviews/offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether an operator may look at the caller's registration: after more than three failed recognitions, or when the
         *     register's checks are used up.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReviewOfferBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/unit-reviews/{case_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of the caller's own, with what was typed. Errors: `case_not_found`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    case_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UnitReviewBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's units, and those that operators look at. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UnitsBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Registers a unit, as its legal representative or as an administrator with a power of attorney.
         * @description Errors: `not_verified`, `uscc_invalid`, `unit_name_invalid`, `name_invalid`, `id_number_invalid`, `paper_not_found`,
         *     `paper_mismatch`, `unit_exists`, `register_not_found`, `register_mismatch`, `register_limit`, `register_unavailable`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UnitRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RegisteredBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Units whose name or code begins so, 20 at most. Errors: `unit_query_invalid`, `rate_limited`. */
        get: {
            parameters: {
                query: {
                    /** @description How the name begins (two characters or more), or the code (six or more). */
                    text: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FoundsBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them. Errors: `unit_not_found`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UnitBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/avatar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The unit's picture, for its members. Errors: `unit_not_found`, `material_not_found` while it has none. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "image/jpeg": unknown;
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        /** An administrator gives the unit another picture. Errors: `not_administrator`, `material_not_found`, `avatar_invalid`. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AvatarRequest"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/bank-branches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Branches of banks by parts of their name. Errors: `not_administrator`, `branch_query_invalid`, `rate_limited`,
         *     `bank_unavailable`.
         */
        get: {
            parameters: {
                query: {
                    /** @description Parts of the branch's name, with spaces between; 2 to 40 characters. */
                    words: string;
                };
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BranchesBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/certificate-products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What certificates a member of the unit may ask for. Errors: `not_verified`, `unit_not_found`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AskableProductsBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/certificate-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A member asks for the unit's certificates of products; what is asked for already is left out.
         * @description Errors: `not_verified`, `unit_not_found`, `selection_invalid`, `reason_invalid`, `rate_limited`, `product_not_supported`,
         *     `application_not_needed`, `unit_not_certified`, `certificate_granted_already`, `asked_already`, `application_limit`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AskCertificatesRequest"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the newest change stands, and what is to be made anew; waits for a change if asked to. Errors: `not_administrator`. */
        get: {
            parameters: {
                query?: {
                    /** @description How long to wait for a change, 0 to 25. */
                    wait_s?: number;
                    /** @description The version that one has. */
                    after_version?: number;
                };
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UnitChangeBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        /**
         * States new facts with proof: checked at once, or by an operator where that is offered.
         * @description Errors: `not_administrator`, `not_verified`, `rate_limited`, `unit_name_invalid`, `name_invalid`, `id_number_invalid`,
         *     `change_empty`, `paper_missing`, `material_not_found`, `review_open`, `review_not_offered`, `representative_unknown`;
         *     with `review_offered` `paper_not_picture`, `paper_retake`, `paper_mismatch`, `ocr_unavailable`, `register_not_found`,
         *     `register_mismatch`, `register_limit`, `register_unavailable`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UnitChangeRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UnitChangeAskedBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/deposit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the unit's deposit stands. Errors: `not_administrator`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DepositViewBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Asks for a transfer, at most twice within 24 hours per account and per unit.
         * @description Errors: `not_administrator`, `branch_invalid`, `account_invalid`, `deposit_not_due`, `deposit_open`, `deposit_limit`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DepositRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AskedBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/deposit/amount": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Types the amount back: three times at most, within five days of the transfer. The right one certifies the unit.
         * @description Errors: `not_administrator`, `amount_invalid`, `deposit_not_found`, `deposit_on_its_way`, `deposit_over`,
         *     `deposit_entry_running`, `amount_wrong`, `bank_unavailable`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AmountRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UnitBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/deposit/by-hand": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hands the deposit to an operator, where the bank cannot be found.
         * @description Errors: `not_administrator`, `bank_invalid`, `account_invalid`, `deposit_not_due`, `deposit_open`, `review_open`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ByHandRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseIdBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends everybody a message with a link; the answer is the same whoever has an account.
         * @description Errors: `unit_not_found`, `phone_invalid`, `selection_invalid`, `invitation_limit`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["InviteRequest"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/join-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks the unit's administrators, or comes in by an administrator's invitation.
         * @description Errors: `not_verified`, `unit_not_found`, `reason_invalid`, `invitation_not_found`, `member_already`,
         *     `join_asked_already`, `application_limit`, `rate_limited`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["JoinRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JoinedBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The caller leaves. Errors: `unit_not_found`, `transfer_first`. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/licence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shows the unit's business licence: a photo, which is read and compared.
         * @description Errors: `not_administrator`, `licence_not_due`, `material_not_found`, `paper_not_picture`, `paper_retake`,
         *     `licence_mismatch`, `ocr_unavailable`, `register_not_found`, `register_mismatch`, `register_limit`, `register_unavailable`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["LicenceRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UnitBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/materials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What stands for the unit now, for its administrators. Errors: `not_administrator`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UnitMaterialsBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/materials/{role}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them, as it was handed in. Errors: `not_administrator`, `material_not_found`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                    role: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "image/jpeg": unknown;
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody who belongs to the unit; waits for a change if asked to. Errors: `unit_not_found`. */
        get: {
            parameters: {
                query?: {
                    /** @description How long to wait for a change, 0 to 25. */
                    wait_s?: number;
                    /** @description The version that one has. */
                    after_version?: number;
                };
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MembersBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/permission": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is permitted, for administrators and the legal representative. Errors: `unit_not_found`, `not_administrator`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UnitPermissionBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        /** The legal representative gives it or takes it back. Errors: `not_legal_representative`, `unit_permission_changed`. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UnitPermissionRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UnitPermissionWrittenBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the unit has told, for its members. Errors: `unit_not_found`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UnitProfileBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        /**
         * An administrator writes them; an empty text takes a fact back.
         * @description Errors: `not_administrator`, `unit_profile_invalid`, `unit_profile_changed`.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UnitProfileRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WrittenBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/removal-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A member asks the administrators to remove somebody.
         * @description Errors: those of removals, `reason_invalid`, `removal_needs_no_request`, `member_is_administrator`,
         *     `removal_asked_already`, `application_limit`, `rate_limited`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AskRemovalRequest"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/removals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An administrator removes members, all that are named or none.
         * @description Errors: `unit_not_found`, `not_administrator`, `selection_invalid`, `member_not_found`, `member_is_oneself`,
         *     `member_is_legal_representative`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RemoveRequest"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/representative-photos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Other photos of the legal representative's card, read and compared with the registered name.
         * @description Errors: `not_administrator`, `material_not_found`, `paper_not_picture`, `paper_retake`, `paper_mismatch`,
         *     `ocr_unavailable`, `rate_limited`.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RepresentativePhotosRequest"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/seal-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A member asks for seals of the unit until a day; what is asked for already is left out.
         * @description Errors: `not_verified`, `unit_not_found`, `selection_invalid`, `reason_invalid`, `rate_limited`, `seal_not_found`,
         *     `application_not_needed`, `seal_voided`, `until_invalid`, `asked_already`, `application_limit`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AskSealsRequest"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/takeover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the caller's newest request stands; waits for a change if asked to. Errors: `unit_not_found`. */
        get: {
            parameters: {
                query?: {
                    /** @description How long to wait for a change, 0 to 25. */
                    wait_s?: number;
                    /** @description The version that one has. */
                    after_version?: number;
                };
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TakeoverBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Asks the operators for the administrator's place, as a member or from outside.
         * @description Errors: `not_verified`, `reason_invalid`, `unit_not_found`, `administrator_already`, `review_open`, `licence_missing`,
         *     `material_not_found`, `rate_limited`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TakeoverRequest"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TakeoverAskedBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for the unit's administrators; waits for a change if asked to. Errors: `not_administrator`. */
        get: {
            parameters: {
                query?: {
                    /** @description How long to wait for a change, 0 to 25. */
                    wait_s?: number;
                    /** @description The version that one has. */
                    after_version?: number;
                };
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TasksBody"];
                    };
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{unit_id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The administrator's place goes to a member.
         * @description Errors: `unit_not_found`, `not_administrator`, `member_not_found`, `member_is_oneself`, `administrator_already`,
         *     `transfer_not_offered`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    unit_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TransferRequest"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Judges the signatures of a PDF of at most 256 MiB by this server's roots. The file is deleted right after. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/pdf": number[];
                };
            };
            responses: {
                /** @description As `docs/api/cli/verify.json` describes it */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": Record<string, never>;
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The database answers. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProblemBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sandbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sandbox's page. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": unknown;
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sandbox/inbox.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What would have been sent, for tests and demonstrations. */
        get: {
            parameters: {
                query?: {
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InboxBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sandbox/specimens.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may be impersonated. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SpecimensBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What a certificate or a seal that is asked for is. */
        AboutBody: {
            product?: components["schemas"]["AskedProductBody"] | null;
            seal?: components["schemas"]["AskedSealBody"] | null;
        };
        /** @description A tool's standing, and the server that it talks to. */
        AccountBody: {
            asker_id: string;
            name: string;
            /** @description Origin of the phone app. */
            phone_url: string;
            /** @description A person of a unit has signed it in; false is shown as 未登记工具. */
            registered: boolean;
            /** @description Whether parts of the outside world are played by stand-ins. */
            sandbox: boolean;
            /** Format: int64 */
            server_time_us: number;
            signed_in?: components["schemas"]["SignedInBody"] | null;
        };
        /** @description What the code is to serve for. */
        AccountCodeRequest: {
            purpose: components["schemas"]["AccountPurposeWord"];
        };
        /** @description What the face is to serve for. */
        AccountFaceRequest: {
            purpose: components["schemas"]["AccountFaceWord"];
        };
        /** @enum {string} */
        AccountFaceWord: "phone" | "password";
        /** @enum {string} */
        AccountPurposeWord: "present_phone" | "cancel_account" | "password_reset";
        AccountSealBody: components["schemas"]["SealPictureBody"] & {
            reason?: string | null;
            /** @description Whose; none is the person's own. */
            unit_id?: string | null;
            /** @description Whether the person may use it in document sealing now. */
            usable: boolean;
        };
        AccountSealList: {
            items: components["schemas"]["AccountSealBody"][];
        };
        AmountRequest: {
            /** @description In yuan, such as `0.37`: from 0.01 to 2.00. */
            amount: string;
        };
        /** @enum {string} */
        AsWord: "legal_representative" | "administrator";
        /** @description What is asked, by the kind of session. */
        AskBody: components["schemas"]["SealAsk"] | components["schemas"]["LoginAsk"] | components["schemas"]["UnsealAsk"];
        AskCertificatesRequest: {
            /** @description 1 to 20. */
            product_ids: string[];
            /** @description Up to 200 characters. */
            reason: string;
        };
        AskRemovalRequest: {
            /** @description 1 to 50 of the list's ids. */
            member_ids: string[];
            /** @description Up to 200 characters. */
            reason: string;
        };
        AskSealsRequest: {
            /** @description Up to 200 characters. */
            reason: string;
            /** @description 1 to 20, of this unit. */
            seal_ids: string[];
            /** @description The last day, `YYYY-MM-DD` in Asia/Shanghai: today or later, ten years ahead at most. */
            until: string;
        };
        /** @description A product that a member may ask for. */
        AskableProductBody: {
            /** @description `rsa` or `sm2`. */
            algorithm: string;
            brand: string;
            name: string;
            /** @description Where its certificates work, by name. */
            platforms: string[];
            product_id: string;
            /** @description `open`, `pending` (asked for) or `granted`. */
            standing: string;
        };
        AskableProductsBody: {
            items: components["schemas"]["AskableProductBody"][];
        };
        /** @description The use case keeps its answer in this very form. */
        AskedBody: {
            deposit_id: string;
        };
        AskedProductBody: {
            brand: string;
            name: string;
        };
        AskedSealBody: {
            /** @description As in the list of seals. */
            kind: string;
            seal_id: string;
            /**
             * Format: int64
             * @description The last instant at which it is to serve.
             */
            until_us: number;
        };
        /** @description A continuous run as its asker sees it. */
        AskerRunBody: {
            /** Format: int32 */
            codes_left: number;
            run_id: string;
        };
        /** @description A session as its asker sees it. */
        AskerViewBody: {
            /** Format: int64 */
            expires_at_us: number;
            failure?: components["schemas"]["FailureBody"] | null;
            match_number: string;
            /** @description The person has picked the number that the asker shows. */
            matched: boolean;
            result?: components["schemas"]["ResultBody"] | null;
            run?: components["schemas"]["AskerRunBody"] | null;
            second_phone: boolean;
            session_id: string;
            signer?: components["schemas"]["SignerBody"] | null;
            state: string;
            /** Format: int64 */
            version: number;
        };
        /** @description Some of the log. */
        AuditBody: {
            items: components["schemas"]["AuditEntryBody"][];
            /**
             * Format: int64
             * @description Asks for the next page; absent at the end.
             */
            next?: number | null;
        };
        /** @description An act. */
        AuditEntryBody: {
            act: string;
            /** @description An operator's id, or `console` for the command line. */
            actor: string;
            actor_name?: string | null;
            /** Format: int64 */
            at_us: number;
            detail: string;
            /**
             * Format: int64
             * @description Its place, from 1 without gaps.
             */
            seq: number;
            /** @description `case:` or `operator:` with an id. */
            subject: string;
            subject_name?: string | null;
        };
        /** @description What a look over the whole log finds. */
        AuditVerifiedBody: {
            /**
             * Format: int64
             * @description When it is not: the first entry that is missing, altered or too many.
             */
            broken_at?: number | null;
            /**
             * Format: int64
             * @description When it is whole: how many entries.
             */
            entries?: number | null;
            /** @description When it is whole: the digest of the last one, to keep elsewhere. */
            head?: string | null;
            whole: boolean;
        };
        AvatarRequest: {
            /** @description A JPEG or PNG of at most 512 KiB that the caller has handed in. */
            material_id: string;
        };
        BeginRun: {
            /** @description The code of a session of this phone in which a certificate is chosen. */
            code: string;
        };
        BegunBody: {
            /** @description Whose codes it takes. */
            asker_id: string;
            /** Format: int32 */
            codes_left: number;
            /** @description What it signs with. */
            holding_id: string;
            /**
             * Format: int64
             * @description It is over at this instant if no code comes.
             */
            idle_until_us: number;
            run_id: string;
        };
        BranchBody: {
            code: string;
            name: string;
        };
        /** @description Branches, 20 at most. */
        BranchesBody: {
            items: components["schemas"]["BranchBody"][];
        };
        ByHandBody: {
            /** Format: int64 */
            at_us: number;
            case_id: string;
            reason?: string | null;
            /** @description `open`, `passed`, `refused` or `withdrawn`. */
            state: string;
        };
        ByHandRequest: {
            account: string;
            /** @description Bank and branch in one's own words. */
            bank: string;
        };
        /** @description What became of it. */
        CancellationBody: {
            /**
             * Format: int64
             * @description When the account ends unless somebody signs in before; null when it has ended.
             */
            due_at_us?: number | null;
        };
        /** @description What asking for the account's end would come to. */
        CancellationProspectBody: {
            at_once: boolean;
            /**
             * Format: int32
             * @description Days without a sign-in, where it is not at once.
             */
            grace_days: number;
            obstacles: components["schemas"]["ObstacleBody"][];
        };
        /** @description Asks for the account's end. */
        CancellationRequest: {
            /** @description Of purpose `cancel_account`. */
            code: string;
            notice_accepted: boolean;
            reminders_accepted: boolean;
        };
        /** @description A case as whoever opened it sees it. */
        CaseBody: {
            case_id: string;
            /** Format: int64 */
            opened_at_us: number;
            /** @description What the operator says. */
            reason?: string | null;
            /** @description `open`, `passed`, `refused` or `withdrawn`. */
            state: string;
        };
        /** @description How the case stands now. */
        CaseDecidedBody: {
            state: string;
        };
        /** @description What the operator says. */
        CaseDecisionRequest: {
            /** @description `pass` or `refuse`. */
            decision: string;
            /** @description Why; whoever refuses says so. */
            reason?: string;
        };
        /** @description A text that was typed. The name is a word of the program; those that begin with `public_` are never masked. */
        CaseFactBody: {
            name: string;
            text: string;
        };
        /** @description Who has a case at hand. */
        CaseHolderBody: {
            name: string;
            operator_id: string;
            /** Format: int64 */
            until_us: number;
        };
        CaseIdBody: {
            case_id: string;
        };
        /** @description A line of the work list. */
        CaseItemBody: {
            case_id: string;
            /** Format: int64 */
            decided_at_us?: number | null;
            decided_by?: string | null;
            holder?: components["schemas"]["CaseHolderBody"] | null;
            kind: string;
            /** Format: int64 */
            opened_at_us: number;
            /** @description Masked. */
            person: string;
            state: string;
            unit?: string | null;
        };
        /** @description A file that was handed in. */
        CaseMaterialBody: {
            material_id: string;
            media_type: string;
            role: string;
        };
        CaseOpenedBody: {
            case_id: string;
        };
        /** @description Some of the work list. */
        CasesBody: {
            items: components["schemas"]["CaseItemBody"][];
            /** @description Asks for the next page; absent at the end. */
            next?: string | null;
            /**
             * Format: int64
             * @description The server's clock.
             */
            now_us: number;
            waiting: components["schemas"]["CasesWaitingBody"][];
        };
        /** @description How many cases of a kind are open. */
        CasesWaitingBody: {
            /** Format: int32 */
            count: number;
            kind: string;
        };
        /** @description The finished signature over the request info. */
        CertificateRequest: {
            /** @description SM2: 64 bytes; RSA: 512 bytes. */
            signature: string;
        };
        /** @description Material of each role. */
        ChangePapersRequest: {
            authorisation?: string | null;
            licence: string;
            proof?: string | null;
            representative_back?: string | null;
            representative_front?: string | null;
        };
        ChoiceCertificateBody: {
            algorithm: string;
            holding_id: string;
            /** @description The product's name. */
            product: string;
            reason?: string | null;
            reissues: components["schemas"]["ReissuesBody"];
            /** @description `usable`, `needs_install`, `needs_update`, `needs_reissue`, `needs_pack`, `not_usable`. */
            state: string;
        };
        ChoiceIdentityBody: {
            certificates: components["schemas"]["ChoiceCertificateBody"][];
            seals: components["schemas"]["ChoiceSealBody"][];
            unit?: components["schemas"]["ChoiceUnitBody"] | null;
        };
        ChoiceSealBody: {
            kind: string;
            reason?: string | null;
            seal_id: string;
            usable: boolean;
        };
        ChoiceUnitBody: {
            name: string;
            unit_id: string;
        };
        /** @description Who one can sign as. */
        ChoicesBody: {
            identities: components["schemas"]["ChoiceIdentityBody"][];
        };
        /** @description The certificate that signs; in a login, as whom. */
        Choose: components["schemas"]["ChooseCertificate"] | components["schemas"]["ChooseIdentity"];
        ChooseCertificate: {
            holding_id: string;
        };
        ChooseIdentity: {
            /** @description `null` is the person themselves; it has to be said. */
            unit_id: string | null;
        };
        ChosenBody: {
            /** @description `rsa` or `sm2`. */
            algorithm?: string | null;
            /** @description DER, base64url. */
            certificate?: string | null;
            /** @description A login has no certificate. */
            holding_id?: string | null;
            unit_id?: string | null;
        };
        Claim: {
            /** @description The continuous run that the code is scanned in. */
            run_id?: string | null;
        };
        CodeBody: {
            code: string;
        };
        /** @enum {string} */
        CodePurposeWord: "sign_in";
        Confirm: {
            /**
             * Format: int64
             * @description Raised with each statement of the device.
             */
            counter: number;
            /** @description Signature of the device key over the statement, base64url. */
            device_signature: string;
            /** @description First message of the signing protocol, base64url. */
            message: string;
            /** @description Signature of the password's proof key over the statement, base64url. */
            password_proof: string;
        };
        ConfirmBody: {
            /** @description Second message of the signing protocol, base64url. */
            message: string;
        };
        /** @description A text that everybody may read. */
        ContentBody: {
            /** @description Plain text; lines end with a line feed. */
            body: string;
            content_id: string;
            /**
             * @description A question's category; of contacts `phone`, `group`, `mail` or `hours`; of agreements `user`, `privacy` or
             *     `service`; a version's number.
             */
            key: string;
            /** Format: int64 */
            published_at_us?: number | null;
            title: string;
        };
        /** @description Other words. */
        ContentChange: {
            body: string;
            key: string;
            /** Format: int64 */
            position: number;
            title: string;
            /** Format: int64 */
            version: number;
        };
        ContentIdBody: {
            content_id: string;
        };
        /** @description A new text, as a draft. */
        ContentRequest: {
            body: string;
            key: string;
            kind: string;
            /** Format: int64 */
            position: number;
            title: string;
        };
        /** @description Shown or taken back. */
        ContentTurn: {
            /** @description `published` or `withdrawn`. */
            state: string;
            /** Format: int64 */
            version: number;
        };
        ContentsBody: {
            /** @description In the order in which they are to be shown; of agreements the newest of each. */
            items: components["schemas"]["ContentBody"][];
        };
        CountriesBody: {
            /** @description ISO 3166-1 alpha-2. */
            items: string[];
        };
        CreatedBody: {
            /** Format: int64 */
            claim_expires_at_us: number;
            code: string;
            code_text: string;
            match_number: string;
            secret: string;
            session_id: string;
            short_code: string;
        };
        DecidedBody: {
            /** @description `passed` or `refused`. */
            state: string;
        };
        DecisionRequest: {
            /** @description Up to 200 characters; may be empty for a pass. */
            reason: string;
            verdict: components["schemas"]["VerdictWord"];
        };
        DepositBody: {
            account_tail: string;
            /** Format: int64 */
            arrived_at_us?: number | null;
            /** Format: int64 */
            asked_at_us: number;
            branch_name: string;
            /**
             * Format: int64
             * @description Until when an amount is taken.
             */
            deadline_us: number;
            /** Format: int32 */
            entries_left: number;
            /** @description `asking`, `waiting`, `arrived`, `passed`, `failed`, `expired`, `returned` or `refused`. */
            state: string;
            /** @description Why it came back or was refused, as the bank says it. */
            why?: string | null;
        };
        /** @description Where the money is to go. */
        DepositRequest: {
            /** @description 6 to 34 digits. */
            account: string;
            branch_code: string;
            branch_name: string;
        };
        /** @description How the unit's deposit stands. */
        DepositViewBody: {
            by_hand?: components["schemas"]["ByHandBody"] | null;
            deposit?: components["schemas"]["DepositBody"] | null;
        };
        /** @description A case: masked unless `clear_until_us` is there. */
        DeskCaseBody: {
            case_id: string;
            /**
             * Format: int64
             * @description Until when this operator sees it in clear.
             */
            clear_until_us?: number | null;
            /** Format: int64 */
            decided_at_us?: number | null;
            decided_by?: string | null;
            facts: components["schemas"]["CaseFactBody"][];
            holder?: components["schemas"]["CaseHolderBody"] | null;
            kind: string;
            materials: components["schemas"]["CaseMaterialBody"][];
            /**
             * Format: int64
             * @description The server's clock.
             */
            now_us: number;
            /** Format: int64 */
            opened_at_us: number;
            /** @description The person's proven name. */
            person_name?: string | null;
            person_phone?: string | null;
            reason?: string | null;
            state: string;
            unit_name?: string | null;
            unit_uscc?: string | null;
        };
        /** @description A device by name. */
        DeviceBody: {
            device_id: string;
            /** @description What it calls itself. */
            name: string;
        };
        /** @description The device's key and the proof that it is there. */
        DeviceRequest: {
            name: string;
            /** @description Over `hulian/device/v1`, 64 bytes, `b64u`. */
            proof: string;
            /** @description P-256, 65 bytes SEC1 uncompressed, `b64u`. */
            public_key: string;
        };
        /** @description A document that an operator looks at. What was typed comes back after a refusal. */
        DocumentReviewBody: {
            document_kind?: string | null;
            document_number?: string | null;
            name?: string | null;
            nationality?: string | null;
            review: components["schemas"]["IdentityReviewBody"];
        };
        /** @description A document from elsewhere. */
        DocumentReviewRequest: {
            /** @description None of a passport. */
            back?: string | null;
            /** @description `home_return_permit`, `hk_id_card`, `taiwan_permit`, `residence_permit`, `passport` or `permanent_residence`. */
            document_kind: string;
            document_number: string;
            front: string;
            handheld: string;
            name: string;
            /** @description `HK`, `MO`, `TW` or one of `GET /countries`. */
            nationality: string;
        };
        /** @description The edition to work in from now on. */
        EditionRequest: {
            edition: components["schemas"]["EditionWord"];
        };
        /** @enum {string} */
        EditionWord: "standard" | "legal_representative";
        /** @description A dated right. */
        EntitlementBody: {
            /** Format: int64 */
            from_us: number;
            kind: string;
            /** @description A platform's id, `interconnect` or `document_sealing`. */
            scope: string;
            /**
             * Format: int64
             * @description The last second, which counts whole.
             */
            until_us: number;
        };
        /** @description The evaluated element. */
        EvaluationBody: {
            /** Format: int64 */
            attempts_left: number;
            /** Format: int32 */
            epoch: number;
            /** @description 33 bytes, SEC1 compressed, `b64u`. */
            evaluated: string;
        };
        /** @enum {string} */
        EvaluationPurposeWord: "set" | "use" | "change" | "reset";
        /** @description A blinded element. */
        EvaluationRequest: {
            /** @description 33 bytes, SEC1 compressed, `b64u`. */
            blinded: string;
            /**
             * Format: int32
             * @description With `use`: of a former password, by the epoch of what it is to open.
             */
            epoch?: number | null;
            /** @description With `reset`: which. */
            password_reset_id?: string | null;
            purpose: components["schemas"]["EvaluationPurposeWord"];
        };
        /** @description What came of a visit to the camera page. */
        FaceCheckBody: {
            /** @description `mismatch`, `liveness`, `no_picture`, `given_up` or `too_many`. */
            failure?: string | null;
            /** @description `opening`, `waiting`, `passed` or `failed`. */
            state: string;
        };
        /** @description A camera page that waits. */
        FaceCheckOpenedBody: {
            face_check_id: string;
            /** @description Where the browser goes now. */
            url: string;
        };
        /** @description A photo of the person with the ID card held up. */
        FaceReviewRequest: {
            photo: string;
        };
        /** @description Why a session ended. */
        FailureBody: {
            code: string;
        };
        /** @description The lines of one. */
        FaultLinesBody: {
            /** @description Oldest first; the first one tells of the browser. */
            lines: string[];
        };
        FaultLogBody: {
            /** @description What customer service asks for. */
            fault_log_id: string;
        };
        FaultLogRequest: {
            app_version: string;
            /** @description At most 400, oldest first. The server takes out again whatever may lead to somebody. */
            lines: string[];
        };
        Finish: {
            /** @description SM2: 64 bytes; RSA: 512 bytes; base64url. */
            signature: string;
        };
        FinishBody: {
            operation_id: string;
            /** @description `done` */
            state: string;
        };
        /** @description A company from elsewhere as somebody states it. */
        ForeignRequest: {
            /** @description ISO 3166-1, two capital letters. */
            country: string;
            /** @description The certificate of registration. */
            licence: string;
            name: string;
            power_of_attorney?: string | null;
            registration_number: string;
            representative_back?: string | null;
            representative_front: string;
            representative_name: string;
            /** @description Of their document. */
            representative_number: string;
        };
        /** @description A unit that one may ask to join. */
        FoundBody: {
            name: string;
            /** @description What the caller is to it: `none`, `pending` or `member`. */
            standing: string;
            unit_id: string;
            uscc: string;
        };
        FoundsBody: {
            items: components["schemas"]["FoundBody"][];
        };
        /** @description What others know of the signed-in person, unmasked: the phone refuses passwords that hold a part of it. */
        GuessableBody: {
            /** @description `YYYY-MM-DD`, when the document's number tells it. */
            birth_date?: string | null;
            /** @description The number, without its area. */
            phone: string;
        };
        /** @description One person's certificate of one product. */
        HoldingBody: {
            certificate?: components["schemas"]["HoldingCertificateBody"] | null;
            entitlements: components["schemas"]["EntitlementBody"][];
            holding_id: string;
            product: components["schemas"]["ProductBody"];
            reason?: string | null;
            reissues: components["schemas"]["ReissuesBody"];
            /** @description `unbought`, `needs_install`, `usable`, `needs_update`, `needs_reissue`, `needs_pack` or `not_usable`. */
            state: string;
            unit?: components["schemas"]["HoldingUnitBody"] | null;
        };
        /** @description The X.509 certificate in force. */
        HoldingCertificateBody: {
            certificate_id: string;
            /** @description The device that has the other half of the key. */
            device_id: string;
            /** Format: int64 */
            not_after_us: number;
            /** @description Hexadecimal. */
            serial: string;
        };
        /** @description A unit by name. */
        HoldingUnitBody: {
            name: string;
            unit_id: string;
        };
        /** @description What the caller has. */
        Holdings: {
            items: components["schemas"]["HoldingBody"][];
        };
        /** @description Both sides of the ID card, handed in before. */
        IdCardRequest: {
            back: string;
            front: string;
            /** @description The person has looked at a name that was not read surely, and says that it is theirs. */
            name_confirmed?: boolean;
        };
        /** @description How far the real name is proven. */
        IdentityBody: {
            missing_evidence: string[];
            verified: boolean;
        };
        /** @description How far the real name is proven. */
        IdentityProgressBody: {
            document_review?: components["schemas"]["DocumentReviewBody"] | null;
            /** Format: int64 */
            face_failures: number;
            face_review?: components["schemas"]["IdentityReviewBody"] | null;
            /** @description Whether an operator may look at the face instead. */
            face_review_offered: boolean;
            id_number_masked?: string | null;
            missing_evidence: string[];
            /** @description `CN`, `HK`, …, once a document is on record. */
            nationality?: string | null;
            verified: boolean;
            /**
             * Format: int64
             * @description Rises with every change.
             */
            version: number;
        };
        /** @description What a person states of themselves. */
        IdentityRequest: {
            id_number: string;
            name: string;
            /** @description `CN` */
            nationality: string;
        };
        /** @description How a request to operators stands. */
        IdentityReviewBody: {
            case_id: string;
            /** Format: int64 */
            opened_at_us: number;
            /** @description Why it was refused. */
            reason?: string | null;
            /** @description `open`, `passed`, `refused` or `withdrawn`. */
            state: string;
        };
        /** @description The last messages, newest first. */
        InboxBody: {
            items: components["schemas"]["MessageBody"][];
        };
        /** @description The server's answer. */
        InstallBody: {
            install_id: string;
            /** @description Reply. */
            message: string;
            /** @description The co-signature's session, 16 bytes. */
            sid: string;
            /** @description DER Name that the certificate will carry. */
            subject: string;
        };
        /** @description A certificate that came to a device. */
        InstallRecordBody: {
            /** Format: int64 */
            at_us: number;
            /** @description Hexadecimal. */
            certificate_serial: string;
            device: components["schemas"]["DeviceBody"];
            /** @description `install` the first time, `reissue` when it moved or was given anew. */
            way: string;
        };
        /** @description How the certificates of a holding came to devices. */
        InstallRecords: {
            items: components["schemas"]["InstallRecordBody"][];
        };
        /** @description The device's commitment. Binary members are base64url without padding. */
        InstallRequest: {
            /** Format: int64 */
            counter: number;
            /** @description 64 bytes. */
            device_signature: string;
            /** @description Reserved: `null`. */
            encryption?: Record<string, never> | null;
            /** @description Commit. */
            message: string;
            /** @description 64 bytes. */
            password_proof: string;
            /** @description 16 random bytes. */
            request_id: string;
            usage: components["schemas"]["UsageWord"];
            /** @description `install` without. */
            way?: components["schemas"]["WayWord"];
        };
        /** @description Where a link leads. */
        InvitationBody: {
            /** @description The caller belongs to it already. */
            member: boolean;
            /** @description Whether an administrator still has to pass the join. */
            needs_approval: boolean;
            unit_id: string;
            unit_name: string;
            uscc: string;
        };
        InviteRequest: {
            /** @description 1 to 20. */
            numbers: components["schemas"]["NumberBody"][];
        };
        /** @description The certificate. */
        IssuedCertificateBody: {
            /** @description DER. */
            certificate: string;
            certificate_id: string;
            /** @description Issuing and root certificate, DER. */
            chain: string[];
        };
        JoinRequest: {
            /** @description What the invitation's link carried. */
            invitation?: string | null;
            /** @description Up to 200 characters; may be empty with an invitation that needs no approval. */
            reason: string;
        };
        /** @description The use case keeps its answer in this very form. */
        JoinedBody: {
            application_id: string;
            /** @description `pending`, or `passed` by an administrator's invitation. */
            state: string;
        };
        /** @description The co-signature's reply. */
        KeyBody: {
            message: string;
        };
        /** @description The device opens its commitment. */
        KeyRequest: {
            /** @description Open. */
            message: string;
            /** @description The co-signature's request. */
            request: string;
        };
        /** @enum {string} */
        KindWord: "platform" | "interconnect";
        /** @description How long a seal is lent to the caller (SEAL-6). */
        LentBody: {
            /** @description The time is over. */
            ended: boolean;
            /**
             * Format: int64
             * @description The last instant at which it serves.
             */
            until_us: number;
        };
        /** @description A photo that was handed in. */
        LicenceRequest: {
            material_id: string;
        };
        LoginAsk: {
            /** @description Whether the person signs with a certificate; only `false` is offered. */
            certificate: boolean;
        };
        LoginBody: {
            identity: components["schemas"]["LoginIdentityBody"];
            operation_id: string;
            /** Format: int64 */
            signed_in_until_us: number;
        };
        LoginConfirm: {
            /**
             * Format: int64
             * @description Raised with each statement of the device.
             */
            counter: number;
            /** @description Signature of the device key over the statement, base64url. */
            device_signature: string;
        };
        LoginIdentityBody: {
            person_name: string;
            unit?: components["schemas"]["NamedUnitBody"] | null;
        };
        MatchNumber: {
            /** @description Two digits. */
            number: string;
        };
        MaterialBody: {
            material_id: string;
        };
        /** @description The signed-in person, masked. */
        MeBody: {
            /**
             * Format: int64
             * @description When a sign-in withdrew a wish to end the account, for thirty days.
             */
            cancellation_withdrawn_at_us?: number | null;
            device_id: string;
            edition: components["schemas"]["EditionWord"];
            /** @description Whether the legal representative's edition is open to the person. */
            legal_representative: boolean;
            missing_evidence: string[];
            name_masked?: string | null;
            password_set: boolean;
            person_id: string;
            phone_masked: string;
            /** @description Stand-ins answer, and the short policy asks for less evidence. */
            sandbox: boolean;
            verified: boolean;
        };
        /** @description A colleague. */
        MemberBody: {
            /** @description The legal representative, administrator by right. */
            by_right: boolean;
            /** Format: int64 */
            joined_at_us: number;
            /** @description It is the caller. */
            me: boolean;
            member_id: string;
            name: string;
            phone_masked: string;
            /** @description `administrator` or `member`. */
            role: string;
        };
        MembersBody: {
            /** @description Administrators first. */
            items: components["schemas"]["MemberBody"][];
            /** @description Without transferring first. */
            may_leave: boolean;
            may_transfer: boolean;
            /**
             * Format: int32
             * @description What waits for the caller as administrator.
             */
            task_count: number;
            /**
             * Format: int64
             * @description Rises with every change.
             */
            version: number;
        };
        /** @description A message that nobody outside got. */
        MessageBody: {
            /** Format: int64 */
            at_us: number;
            /** @description `sms` or `mail`. */
            channel: string;
            text: string;
            to: string;
        };
        /** @enum {string} */
        MethodWord: "wechat_pay" | "alipay";
        /** @description The legal representative whom an administrator names. */
        NamedRepresentativeRequest: {
            id_number: string;
            name: string;
        };
        NamedUnitBody: {
            name: string;
            /** @description 单位编码, by which platforms know a unit from elsewhere. */
            unit_code: string;
            unit_id: string;
            /** @description Unified social credit code, or the registration number elsewhere. */
            uscc: string;
        };
        NewAsker: {
            /** @description The name it gives itself. */
            name: string;
            /** @description Signature over the statement `hulian/asker/v1`, 64 bytes, base64url. */
            proof: string;
            /** @description Ed25519 key, 32 bytes, base64url. */
            public_key: string;
        };
        /** @description The new number with its code. */
        NewPhoneCodeRequest: {
            /** @description `+86`, `+852`, `+853` or `+886`. */
            area: string;
            code: string;
            number: string;
        };
        /** @description The new number. */
        NewPhoneRequest: {
            /** @description `+86`, `+852`, `+853` or `+886`. */
            area: string;
            number: string;
        };
        NewSeal: {
            /** @description Text below the star. */
            bottom_text?: string | null;
            /** @description Thirteen digits on the lower rim. */
            code?: string | null;
            /** @description `company` */
            kind: string;
            style?: components["schemas"]["SealStyle"];
            unit_id: string;
        };
        NewSession: {
            ask: components["schemas"]["AskBody"];
            /** @description The tool would like a run of codes: one unlock on the phone, code after code. */
            continuous?: boolean | null;
            /** @description `seal`, `login` or `unseal`; says which shape `ask` has. */
            kind: string;
            /**
             * Format: int64
             * @description Until claimed; 90 by default.
             */
            lifetime_s?: number | null;
            /** @description X25519 key, 32 bytes, base64url. */
            one_time_key: string;
            /** @description In words, for the phone. */
            purpose: string;
            /** @description 16 random bytes, base64url: the same request gets the same answer. */
            request_id: string;
            scope: components["schemas"]["ScopeBody"];
        };
        Nothing: Record<string, never>;
        NumberBody: {
            /** @description `+86`, `+852`, `+853` or `+886`. */
            area: string;
            number: string;
        };
        /** @description Something that must be settled first. */
        ObstacleBody: {
            /** @enum {string} */
            kind: "sole_administrator";
            unit_id: string;
            unit_name: string;
        } | {
            /** @enum {string} */
            kind: "unpaid_order";
            order_id: string;
        };
        /** @description A product with its prices at a platform. */
        OfferBody: components["schemas"]["ProductBody"] & {
            prices: components["schemas"]["PriceBody"][];
        };
        /** @description Why a case is opened. */
        OpenCaseRequest: {
            reason: string;
        };
        OperationBody: {
            /**
             * Format: int64
             * @description Index of its leaf in the log.
             */
            leaf_index: number;
            /** @description The canonical record. */
            record: Record<string, never>;
            /** @description Salt of its leaf, base64url. */
            salt: string;
        };
        OperationList: {
            items: components["schemas"]["OperationBody"][];
        };
        /** @description An operator. */
        OperatorBody: {
            /** Format: int64 */
            created_at_us: number;
            /** @description The second factor is there. */
            enrolled: boolean;
            locked: boolean;
            name: string;
            operator_id: string;
            /** @description The one-time password was not used yet. */
            password_due: boolean;
            roles: string[];
        };
        /** @description What is done to an operator. */
        OperatorChangeRequest: {
            /** @enum {string} */
            change: "roles";
            roles: string[];
        } | {
            /** @enum {string} */
            change: "lock";
        } | {
            /** @enum {string} */
            change: "unlock";
        } | {
            /** @enum {string} */
            change: "end_sessions";
        } | {
            /** @enum {string} */
            change: "reset_second_factor";
        } | {
            /** @enum {string} */
            change: "reset_password";
        };
        /** @description What came of it. */
        OperatorChangedBody: {
            /** @description After `reset_password`; shown once. */
            one_time_password?: string | null;
        };
        /** @description What stands for the password, and the code. */
        OperatorCodeRequest: {
            code: string;
            ticket: string;
        };
        /** @description What the administrator tells the new operator. */
        OperatorMadeBody: {
            /** @description For the first sign-in; shown once. */
            one_time_password: string;
            operator_id: string;
        };
        /** @description Who is signed in. */
        OperatorMeBody: {
            /** @description What the roles allow: `decide_cases`, `decide_deposits`, `edit_content`, `read_faults`, `read_audit`, `manage_operators`. */
            duties: string[];
            name: string;
            operator_id: string;
            /** @description `reviewer`, `content`, `finance`, `security`, `administrator`. */
            roles: string[];
        };
        /** @description A password in place of the one that somebody else has made. */
        OperatorNewPasswordRequest: {
            password: string;
            ticket: string;
        };
        /** @description The present password and the next. */
        OperatorPasswordRequest: {
            password: string;
            present: string;
        };
        /** @description A new operator. */
        OperatorRequest: {
            name: string;
            roles: string[];
        };
        /** @description What a console needs from now on. */
        OperatorSessionBody: {
            access_token: string;
            /** Format: int64 */
            expires_in_s: number;
            /**
             * Format: int64
             * @description The session ends when it was not used for so long.
             */
            idle_s: number;
        };
        /** @description Name and password. */
        OperatorSignInRequest: {
            name: string;
            password: string;
        };
        /** @description What comes next. */
        OperatorStepBody: {
            /** @description `new_password`, `enrol` or `code`. */
            next: string;
            /** @description With `enrol`: the secret as people type it (base32). */
            secret?: string | null;
            /** @description Stands for what was proven, for ten minutes. */
            ticket: string;
            /** @description With `enrol`: the same as an authenticator reads it (`otpauth://totp/…`). */
            uri?: string | null;
        };
        /** @description All operators. */
        OperatorsBody: {
            items: components["schemas"]["OperatorBody"][];
        };
        /** @description An order. */
        OrderBody: {
            /** Format: int64 */
            amount_fen: number;
            /**
             * Format: int64
             * @description When it closes unpaid.
             */
            close_at_us: number;
            /** @description The buyer's own holding, once paid. */
            holding_id?: string | null;
            order_id: string;
            /** @description `unpaid`, `paid`, `closed` or `refunded`. */
            state: string;
        };
        /** @description What is ordered. */
        OrderRequest: {
            /** @description The service agreement. */
            agreed: boolean;
            /** @description 本机安装 */
            install_here: boolean;
            kind: components["schemas"]["KindWord"];
            payment_method: components["schemas"]["MethodWord"];
            platform_id: string;
            product_id: string;
            /** Format: int32 */
            quantity: number;
            /** Format: int32 */
            term_years: number;
            /** @description `null` for oneself. */
            unit_id?: string | null;
        };
        /** @description What the caller has asked for. */
        OwnBody: components["schemas"]["AboutBody"] & {
            application_id: string;
            /** Format: int64 */
            at_us: number;
            /** Format: int64 */
            decided_at_us?: number | null;
            decision_reason?: string | null;
            /** @description `join`, `removal`, `certificate` or `seal`. */
            kind: string;
            reason: string;
            /** @description `pending`, `passed`, `refused` or `lapsed`. */
            state: string;
            /** @description Who is to go; empty for what one asks for oneself. */
            subject_name: string;
            unit_id: string;
            unit_name: string;
            uscc: string;
        };
        OwnsBody: {
            /** @description Newest first. */
            items: components["schemas"]["OwnBody"][];
            /**
             * Format: int64
             * @description Rises with every change of what the caller belongs to or has asked for.
             */
            version: number;
        };
        /** @description What it says. */
        PaperBody: {
            fields: components["schemas"]["PaperFieldBody"][];
            paper_id: string;
        };
        PaperFieldBody: {
            name: string;
            /** @description Whether it may be taken without a person's look at it. */
            sure: boolean;
            text: string;
        };
        /** @description A photo of a paper. */
        PaperRequest: {
            material_id: string;
            /** @description `power_of_attorney`, `representative_front` or `representative_back`. */
            role: string;
        };
        /** @description Papers, by the ids that reading them gave. */
        PapersRequest: {
            power_of_attorney: string;
            representative_back: string;
            representative_front: string;
        };
        /** @description How the password stands. */
        PasswordBody: {
            /** Format: int64 */
            attempts_left: number;
            /** Format: int32 */
            epoch: number;
            /** Format: int64 */
            locked_until_us?: number | null;
            /** @description Whether a reset on this device takes a face besides the code. */
            reset_needs_face: boolean;
            /** @description The public half of the reset key of this device, 65 bytes, `b64u`. */
            reset_public_key?: string | null;
            /** @description 16 bytes, `b64u`. */
            salt: string;
            set: boolean;
            stretch: components["schemas"]["StretchBody"];
        };
        /** @description A new password's public key, with the proof of the present one. */
        PasswordChangeRequest: {
            /** @description By the device key over the same. */
            device_signature: string;
            /** Format: int32 */
            epoch: number;
            /** @description By the key of the present password over the same. */
            present_proof: string;
            /** @description By that key over `hulian/password/v1`. */
            proof: string;
            /** @description 65 bytes, SEC1 uncompressed, `b64u`. */
            proof_public_key: string;
        };
        /** @description That the present password is known. */
        PasswordProofRequest: {
            /** Format: int64 */
            counter: number;
            /** @description By the device key over the same. */
            device_signature: string;
            /** @description By the password's key over `hulian/password-proof/v1`. */
            password_proof: string;
        };
        /** @description A new password's public key. */
        PasswordRequest: {
            /** @description By the device key over the same. */
            device_signature: string;
            /** Format: int32 */
            epoch: number;
            /** @description By that key over `hulian/password/v1`. */
            proof: string;
            /** @description 65 bytes, SEC1 uncompressed, `b64u`. */
            proof_public_key: string;
        };
        /** @description A reset that waits for the new password. */
        PasswordResetBody: {
            /** Format: int64 */
            expires_at_us: number;
            password_reset_id: string;
            reset_key?: components["schemas"]["ResetKeyBody"] | null;
        };
        /** @description The new password's public key, and the reset key that takes the place of the one that was given out. */
        PasswordResetDoneRequest: {
            /** @description By the device key over the same. */
            device_signature: string;
            /** Format: int32 */
            epoch: number;
            /** @description By the new password's key over `hulian/password-reset-done/v1`. */
            proof: string;
            /** @description 65 bytes, SEC1 uncompressed, `b64u`. */
            proof_public_key: string;
            reset_key: components["schemas"]["ResetKeyBody"];
        };
        /** @description The code, and what shows that this device asks. */
        PasswordResetRequest: {
            /** @description Of purpose `password_reset`. */
            code: string;
            /** @description By the device key over `hulian/password-reset/v1`. */
            device_signature: string;
            /** @description Where `reset_needs_face` says so. */
            face_check_id?: string | null;
        };
        /** @description Where to pay. */
        PaymentBody: {
            cashier_url: string;
            payment_id: string;
        };
        PdfFormBody: {
            /** @description In points. */
            bbox: number[];
            /** @description Content stream: fill operators only; base64url. */
            content: string;
        };
        /** @description A unit that is not there yet. */
        PendingUnitBody: {
            /** Format: int64 */
            at_us: number;
            /** @description What [`review`] shows more of. */
            case_id: string;
            /** @description `unit_registration` or `unit_foreign`. */
            kind: string;
            name: string;
            /** @description Unified social credit code, or the registration number elsewhere. */
            number: string;
            /** @description Why it was refused. */
            reason?: string | null;
            /** @description `in_review` or `refused`. */
            state: string;
        };
        /** @description A change that waits for the new number. */
        PhoneChangeBody: {
            /** Format: int64 */
            expires_at_us: number;
            phone_change_id: string;
        };
        /** @description The present number's code, or a face that passed for it. */
        PhoneChangeRequest: {
            code?: string | null;
            face_check_id?: string | null;
        };
        /** @description The number that the account has now, masked. */
        PhoneChangedBody: {
            phone_masked: string;
        };
        /** @description A session as the phone sees it. */
        PhoneViewBody: {
            /** @description As the asker asked: `{mode, mark_count_max, seal_id?}`, `{certificate: false}`, `{field, signature_sha256, certificate_sha256}`. */
            ask: Record<string, never>;
            asker: components["schemas"]["ScanAskerBody"];
            chosen?: components["schemas"]["ChosenBody"] | null;
            code: string;
            /** @description The asker would like a run of codes. */
            continuous: boolean;
            /** Format: int64 */
            expires_at_us: number;
            failure?: components["schemas"]["FailureBody"] | null;
            /** @description `seal`, `login`, `unseal`. */
            kind: string;
            /** @description Three numbers, one of which the asker shows. */
            match_options: string[];
            matched: boolean;
            operation_id?: string | null;
            prepared?: components["schemas"]["PreparedBody"] | null;
            purpose: string;
            run?: components["schemas"]["RunBody"] | null;
            /** @description `{platform_id, name}` or `{document_sealing: true}`. */
            scope: Record<string, never>;
            state: string;
            /** Format: int64 */
            version: number;
        };
        /** @description A trading platform. */
        PlatformBody: {
            /** @description Whether interconnect certificates work there. */
            interconnect: boolean;
            /** @description The ways of sealing that it takes: `page`, `all`, `pages`. */
            modes: string[];
            name: string;
            platform_id: string;
            products: components["schemas"]["OfferBody"][];
        };
        /** @description All platforms. */
        Platforms: {
            items: components["schemas"]["PlatformBody"][];
        };
        /** @description A seal that is to be set, or one that is to be taken away, by the kind of session. */
        Prepare: components["schemas"]["PrepareSeal"] | components["schemas"]["PrepareUnseal"];
        PrepareSeal: {
            /** @description Over the byte ranges, 32 bytes, base64url. */
            digest: string;
            file_name: string;
            marks: Record<string, never>[];
            mode: string;
            /** Format: int32 */
            page_count: number;
            seal_id: string;
            /** Format: int64 */
            time_us: number;
        };
        PrepareUnseal: {
            /** @description The signature's field in the document. */
            field: string;
            file_name: string;
            /** Format: int32 */
            page_count: number;
            /** @description Digest of its CMS, 32 bytes, base64url. */
            signature_sha256: string;
            /** Format: int64 */
            time_us: number;
        };
        /** @description What is to be signed, as stated by the tool. */
        PreparedBody: {
            attributes_sha256: string;
            digest: string;
            digest_short: string;
            file_name: string;
            mark_count: number;
            marks: Record<string, never>[];
            marks_sha256: string;
            mode: string;
            /** Format: int32 */
            page_count: number;
            /** @description `{kind, svg}`. */
            seal?: Record<string, never> | null;
            /** @description Empty when none is set. */
            seal_id: string;
            /** Format: int64 */
            time_us: number;
            unseal?: components["schemas"]["UnsealBody"] | null;
        };
        /** @description The price of one. */
        PriceBody: {
            /** @description `platform` or `interconnect`. */
            kind: string;
            /** Format: int64 */
            price_fen: number;
            /** Format: int32 */
            term_years: number;
        };
        /** @description The body of every error. */
        ProblemBody: {
            /** @description Stable, what clients decide by. */
            code: string;
            /** @description What the client's words need. */
            params: Record<string, never>;
            /** @description Finds this request in the logs. */
            request_id: string;
            /**
             * Format: int32
             * @description The HTTP status.
             */
            status: number;
            /** @description The status in words; the words for people are the client's. */
            title: string;
            /** @description `urn:hulian:problem:` and the code. */
            type: string;
        };
        /** @description A certificate product. */
        ProductBody: {
            /** @description `rsa` or `sm2`. */
            algorithm: string;
            brand: string;
            name: string;
            product_id: string;
        };
        /** @description The number that the account has now, masked. */
        RecoveredBody: {
            phone_masked: string;
        };
        /** @description A recovery, whether the number has an account or not. */
        RecoveryBegunBody: {
            /** Format: int64 */
            expires_at_us: number;
            recovery_id: string;
            /** @description The bearer token of everything that follows. */
            secret: string;
        };
        /** @description How a recovery stands. */
        RecoveryBody: {
            /** Format: int64 */
            expires_at_us: number;
            /** @description Why operators refused it. */
            reason?: string | null;
            /** @description `begun`, `proven`, `reviewing`, `allowed`, `refused` or `done`. */
            state: string;
        };
        /** @description Who somebody says they are; both sides of the ID card were handed in before. */
        RecoveryClaimRequest: {
            id_number: string;
            name: string;
            /** @description They have looked at a name that was not read surely, and say that it is theirs. */
            name_confirmed?: boolean;
        };
        /** @description The new number with its code. */
        RecoveryFinishRequest: {
            /** @description `+86`, `+852`, `+853` or `+886`. */
            area: string;
            code: string;
            number: string;
        };
        /** @description The new number. */
        RecoveryPhoneRequest: {
            /** @description `+86`, `+852`, `+853` or `+886`. */
            area: string;
            number: string;
        };
        /** @description The number that is lost. */
        RecoveryRequest: {
            /** @description `+86`, `+852`, `+853` or `+886`. */
            area: string;
            number: string;
        };
        /** @description What operators are told. */
        RecoveryReviewRequest: {
            document_number: string;
            name: string;
            reason: string;
        };
        RegisteredAskerBody: {
            asker_id: string;
            /** @description False is shown as 未登记工具. */
            registered: boolean;
        };
        /** @description A registered unit. The use case keeps its answer in this very form. */
        RegisteredBody: {
            missing_evidence: string[];
            /** @description As one of the caller's units has it. */
            state: string;
            unit_code: string;
            unit_id: string;
        };
        /** @description How often it may still move to another device. */
        ReissuesBody: {
            /** Format: int32 */
            free_left: number;
            /**
             * Format: int32
             * @description Of bought packs.
             */
            packs_left: number;
        };
        /** @description What carries another name than the unit has now. */
        RemakeBody: {
            certificates: components["schemas"]["RemakeCertificateBody"][];
            seals: components["schemas"]["RemakeSealBody"][];
        };
        RemakeCertificateBody: {
            person_name: string;
            product: string;
        };
        RemakeSealBody: {
            kind: string;
            /** @description The name on it. */
            name: string;
            seal_id: string;
        };
        RemoveRequest: {
            /** @description 1 to 50 of the list's ids. */
            member_ids: string[];
        };
        /** @description Material of both sides. */
        RepresentativePhotosRequest: {
            back: string;
            front: string;
        };
        /** @description The legal representative who is named. */
        RepresentativeRequest: {
            /** @description Number of the ID card. */
            id_number: string;
            name: string;
        };
        /** @description The key that opens a device's shares should the password be forgotten. */
        ResetKeyBody: {
            /** @description 32 bytes, the scalar, `b64u`. */
            private_key: string;
            /** @description 65 bytes, SEC1 uncompressed, `b64u`. */
            public_key: string;
        };
        /** @description A device's reset key, by whoever knows the password. */
        ResetKeyRequest: {
            /** Format: int64 */
            counter: number;
            /** @description By the device key over the same. */
            device_signature: string;
            /** @description By the password's key over `hulian/reset-key/v1`. */
            password_proof: string;
            reset_key: components["schemas"]["ResetKeyBody"];
        };
        /** @description What came of it: a signature, or in a login who has signed the asker in. */
        ResultBody: components["schemas"]["SignatureBody"] | components["schemas"]["LoginBody"];
        /** @description Whether an operator may look. */
        ReviewOfferBody: {
            offered: boolean;
        };
        /** @description A continuous run as its phone sees it. */
        RunBody: {
            /** Format: int32 */
            codes_left: number;
            /**
             * Format: int64
             * @description It is over at this instant if no code comes.
             */
            idle_until_us: number;
            run_id: string;
        };
        ScanAskerBody: {
            asker_id: string;
            name: string;
            /** @description False is shown as 未登记工具. */
            registered: boolean;
        };
        /** @description One of the two. */
        ScopeBody: {
            document_sealing?: boolean | null;
            platform_id?: string | null;
        };
        SealAsk: {
            /** Format: int32 */
            mark_count_max: number;
            /** @description `page:N`, `all`, `pages:1-3,5`, `straddle:EDGES[:RANGES]`, `keyword:TEXT[#first|#all|#N]`. */
            mode: string;
            /** @description The seal that the asker's person has picked beforehand. */
            seal_id?: string | null;
        };
        SealBody: {
            /** Format: double */
            height_mm: number;
            kind: string;
            lent?: components["schemas"]["LentBody"] | null;
            /** Format: int64 */
            made_at_us: number;
            seal_id: string;
            svg: string;
            unit?: components["schemas"]["SealUnitBody"] | null;
            /** Format: int64 */
            voided_at_us?: number | null;
            /** Format: double */
            width_mm: number;
        };
        SealCreated: {
            seal_id: string;
        };
        SealList: {
            items: components["schemas"]["SealBody"][];
        };
        SealPictureBody: {
            /** Format: double */
            height_mm: number;
            kind: string;
            /** @description The name that it was made with. */
            name: string;
            pdf_form: components["schemas"]["PdfFormBody"];
            seal_id: string;
            svg: string;
            /** Format: double */
            width_mm: number;
        };
        SealStyle: {
            /**
             * Format: int32
             * @description 38, 40 or 42.
             */
            diameter_mm: number;
        };
        /** @description The unit of a seal, by its present name. */
        SealUnitBody: {
            name: string;
            unit_id: string;
        };
        /** @description What a device needs from now on. */
        SessionBody: {
            access_token: string;
            device_id: string;
            /** Format: int64 */
            expires_in_s: number;
            person_id: string;
        };
        /** @description A device with a session. */
        SessionItemBody: {
            /** @description The one that asks. */
            current: boolean;
            /** @description What the device calls itself. */
            device_name: string;
            /**
             * Format: int64
             * @description Exact to the life of an access token.
             */
            seen_at_us: number;
            session_id: string;
            /** Format: int64 */
            signed_in_at_us: number;
        };
        /** @description A number, its code, and the device that wants in. */
        SessionRequest: {
            /** @description User agreement and privacy policy. */
            agreed: boolean;
            /** @description `+86`, `+852`, `+853`, `+886`, or another that `GET /system` names. */
            area: string;
            code: string;
            device: components["schemas"]["DeviceRequest"];
            edition: components["schemas"]["EditionWord"];
            number: string;
        };
        /** @description Where the person is signed in. */
        SessionsBody: {
            items: components["schemas"]["SessionItemBody"][];
        };
        /** @description How many ended. */
        SessionsEndedBody: {
            /** Format: int64 */
            ended: number;
        };
        ShortCode: {
            /** @description Eight Crockford characters. */
            short_code: string;
        };
        SignatureBody: {
            /** @description CMS SignedData, DER, base64url. */
            cms: string;
            operation_id: string;
            /** Format: int64 */
            signed_at_us: number;
        };
        /** @description Who signed the tool in by a login scan. */
        SignedInBody: {
            person_name: string;
            unit?: components["schemas"]["NamedUnitBody"] | null;
            /** Format: int64 */
            until_us: number;
        };
        SignerBody: {
            /** @description `rsa` or `sm2`. */
            algorithm: string;
            /** @description DER, base64url. */
            certificate: string;
            /** @description Issuing and root certificate. */
            chain: string[];
            person_name: string;
            /** @description Seals that this person may use here. */
            seals: components["schemas"]["SealPictureBody"][];
            unit?: components["schemas"]["NamedUnitBody"] | null;
        };
        /** @description A code is on its way. */
        SmsCodeBody: {
            /** Format: int64 */
            expires_in_s: number;
            /** Format: int64 */
            resend_after_s: number;
        };
        /** @description A number that wants a code. */
        SmsCodeRequest: {
            /** @description `+86`, `+852`, `+853` or `+886`. */
            area: string;
            /** @description As typed. */
            number: string;
            purpose: components["schemas"]["CodePurposeWord"];
        };
        /** @description A specimen company. */
        SpecimenCompany: {
            /** @description What the register says: `match`, `mismatch` or `timeout`. */
            behaviour: string;
            legal_representative: string;
            name: string;
            uscc: string;
        };
        /** @description A specimen person. */
        SpecimenPerson: {
            area: string;
            /** @description What the authority says: `match`, `mismatch` or `timeout`. */
            behaviour: string;
            id_number: string;
            name: string;
            phone: string;
        };
        /** @description People and companies that only the sandbox knows. */
        SpecimensBody: {
            companies: components["schemas"]["SpecimenCompany"][];
            people: components["schemas"]["SpecimenPerson"][];
        };
        /** @description Argon2id, RFC 9106. */
        StretchBody: {
            /** Format: int32 */
            iterations: number;
            /** Format: int32 */
            memory_kib: number;
            /** Format: int32 */
            parallelism: number;
        };
        /** @description What everybody may know of this server. */
        SystemBody: {
            /** @description Calling codes from which people may sign in. */
            areas: string[];
            phone_url: string;
            public_url: string;
            /** @description Whether stand-ins play the outside world. */
            sandbox: boolean;
            /** Format: int64 */
            server_time_us: number;
            /** @description Of this server and of the phone app that it serves. */
            version: string;
        };
        /** @description The use case keeps its answer in this very form. */
        TakeoverAskedBody: {
            case_id: string;
            /** @description `open`. */
            state: string;
        };
        TakeoverBody: {
            newest?: components["schemas"]["CaseBody"] | null;
            /** @description What the caller is there: `administrator`, `member`, or null for somebody from outside. */
            role?: string | null;
            unit_name: string;
            /**
             * Format: int64
             * @description Rises with every change.
             */
            version: number;
        };
        TakeoverRequest: {
            /** @description Material: what the legal representative has signed. */
            authorisation: string;
            /** @description Material: the unit's licence; only who is a member may leave it out. */
            licence?: string | null;
            /** @description Up to 200 characters. */
            reason: string;
        };
        /** @description Something that an administrator has to decide. */
        TaskBody: components["schemas"]["AboutBody"] & {
            applicant_name: string;
            applicant_phone_masked: string;
            application_id: string;
            /** Format: int64 */
            at_us: number;
            /** @description `join`, `removal`, `certificate` or `seal`. */
            kind: string;
            reason: string;
            /** @description Who is to go; the applicant for what they ask for themselves. */
            subject_name: string;
        };
        TasksBody: {
            /** @description Oldest first. */
            items: components["schemas"]["TaskBody"][];
            /**
             * Format: int64
             * @description Rises with every change.
             */
            version: number;
        };
        /** @description A phone's log. */
        ToldFaultsBody: {
            app_version: string;
            /** Format: int64 */
            at_us: number;
            fault_log_id: string;
            /** Format: int64 */
            lines: number;
            person_id: string;
        };
        ToldFaultsListBody: {
            items: components["schemas"]["ToldFaultsBody"][];
        };
        TransferRequest: {
            member_id: string;
        };
        /** @description One of the caller's units. */
        UnitBody: {
            /** @description Its picture is at `/units/{unit_id}/avatar`; another one has another id. */
            avatar_id?: string | null;
            /** @description Country or region, two letters. */
            country: string;
            legal_representative: boolean;
            name: string;
            /** @description `administrator` or `member`. */
            role: string;
            /** @description `uncertified`, `in_review`, `awaits_deposit`, `deposit_asked`, `not_paid` or `certified`. */
            state: string;
            unit_code: string;
            unit_id: string;
            /** @description Unified social credit code, or the registration number elsewhere. */
            uscc: string;
        };
        /** @description The use case keeps its answer in this very form. */
        UnitChangeAskedBody: {
            /** @description `passed`, or `open` with an operator. */
            state: string;
        };
        UnitChangeBody: {
            legal_representative: string;
            name: string;
            newest?: components["schemas"]["CaseBody"] | null;
            remake: components["schemas"]["RemakeBody"];
            /** @description The caller may ask an operator now. */
            review_offered: boolean;
            /**
             * Format: int64
             * @description Rises with every change.
             */
            version: number;
        };
        UnitChangeRequest: {
            legal_representative?: components["schemas"]["RepresentativeRequest"] | null;
            /** @description The new name; null leaves it. */
            name?: string | null;
            papers: components["schemas"]["ChangePapersRequest"];
            /** @description An operator is to look, where that is offered. */
            review: boolean;
        };
        /** @description Something that was handed in for the unit. */
        UnitMaterialBody: {
            /** @description Changes with every replacement. */
            material_id: string;
            media_type: string;
            /** @description `licence`, `power_of_attorney`, `representative_front`, `representative_back`, … */
            role: string;
            /** Format: int64 */
            since_us: number;
        };
        UnitMaterialsBody: {
            items: components["schemas"]["UnitMaterialBody"][];
        };
        UnitPermissionBody: {
            /** @description The caller is the legal representative. */
            may_change: boolean;
            /** @description Administrators may make, grant and use the legal representative's seal. */
            representative_seal: boolean;
            /**
             * Format: int64
             * @description Rises with every change.
             */
            version: number;
        };
        UnitPermissionRequest: {
            representative_seal: boolean;
            /**
             * Format: int64
             * @description The version that was seen.
             */
            version: number;
        };
        /** @description The new version. */
        UnitPermissionWrittenBody: {
            /** Format: int64 */
            version: number;
        };
        /** @description What members see; an empty text is not known. */
        UnitProfileBody: {
            account: string;
            address: string;
            bank: string;
            /** @description The legal representative's name as registered. */
            legal_representative: string;
            may_edit: boolean;
            phone: string;
            tax_number: string;
            /**
             * Format: int64
             * @description Rises with every change.
             */
            version: number;
        };
        /** @description What an administrator types over a version. */
        UnitProfileRequest: {
            /** @description 6 to 34 letters and digits. */
            account: string;
            /** @description 2 to 100 characters. */
            address: string;
            /** @description 2 to 60 characters. */
            bank: string;
            /** @description 5 to 30 digits and marks. */
            phone: string;
            /** @description 6 to 30 letters and digits. */
            tax_number: string;
            /**
             * Format: int64
             * @description The version that was seen.
             */
            version: number;
        };
        /** @description A unit as somebody states it. */
        UnitRequest: {
            as: components["schemas"]["AsWord"];
            name: string;
            papers?: components["schemas"]["PapersRequest"] | null;
            representative?: components["schemas"]["NamedRepresentativeRequest"] | null;
            /** @description Unified social credit code. */
            uscc: string;
        };
        /** @description What was handed in. */
        UnitReviewBody: {
            /** Format: int64 */
            at_us: number;
            /** @description What was typed. */
            facts: {
                [key: string]: string;
            };
            /** @description `unit_registration`, `unit_foreign` or `unit_deposit`. */
            kind: string;
            materials: components["schemas"]["UnitReviewMaterialBody"][];
            /** @description Why it was refused, or what the operator said with a pass. */
            reason?: string | null;
            /** @description `open`, `passed`, `refused` or `withdrawn`. */
            state: string;
            unit_id?: string | null;
        };
        UnitReviewMaterialBody: {
            material_id: string;
            role: string;
        };
        /** @description What an operator is to look at. */
        UnitReviewRequest: {
            /** @enum {string} */
            about: "legal_representative";
            name: string;
            uscc: string;
        } | {
            /** @enum {string} */
            about: "administrator";
            name: string;
            power_of_attorney: string;
            representative_back: string;
            representative_front: string;
            representative_name: string;
            representative_number: string;
            uscc: string;
        } | {
            /** @enum {string} */
            about: "licence";
            material_id: string;
            unit_id: string;
        };
        /** @description The caller's units. */
        UnitsBody: {
            /** @description Oldest first. */
            items: components["schemas"]["UnitBody"][];
            /** @description Newest first. */
            pending: components["schemas"]["PendingUnitBody"][];
        };
        UnsealAsk: {
            /** @description Digest of the certificate that made it, 32 bytes, base64url. */
            certificate_sha256: string;
            /** @description The signature's field in the document. */
            field: string;
            /** @description Digest of its CMS, 32 bytes, base64url. */
            signature_sha256: string;
        };
        /** @description Which signature is to be taken away. */
        UnsealBody: {
            field: string;
            /** @description Digest of its CMS, base64url. */
            signature_sha256: string;
        };
        /** @enum {string} */
        UsageWord: "sign";
        /** @enum {string} */
        VerdictWord: "pass" | "refuse";
        /** @enum {string} */
        WayWord: "install" | "reissue";
        WrittenBody: {
            /** Format: int64 */
            version: number;
        };
        /** @description A text with everything that its writers need. */
        WrittenContentBody: {
            body: string;
            content_id: string;
            key: string;
            /**
             * Format: int64
             * @description Smaller comes first.
             */
            position: number;
            /** Format: int64 */
            published_at_us?: number | null;
            /** @description `draft`, `published` or `withdrawn`. */
            state: string;
            title: string;
            /**
             * Format: int64
             * @description Goes with every change.
             */
            version: number;
        };
        WrittenContentsBody: {
            items: components["schemas"]["WrittenContentBody"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
