-- What the sweep looks for, so that it reads no more rows than it removes.
CREATE INDEX counter_age ON counter (window_start_us);
CREATE INDEX access_token_expiry ON access_token (expires_us);
CREATE INDEX refresh_token_age ON refresh_token (issued_us);
CREATE INDEX sms_code_expiry ON sms_code (expires_us);
CREATE INDEX sms_allowance_age ON sms_allowance (last_us);
CREATE INDEX job_finished ON job (created_us) WHERE state = 'done';
