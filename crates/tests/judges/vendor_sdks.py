"""Drives the fakes of the vendors with the vendors' own SDKs: what those take for the real thing is faithful.

Usage: vendor_sdks.py FACTS.json, where the facts name addresses, keys and what to ask. Prints what each SDK understood,
as one JSON object; an error of the vendor's is its code.
"""

import base64
import io
import json
import sys

from alibabacloud_cloudauth20190307.client import Client as Cloudauth
from alibabacloud_cloudauth20190307 import models as cloudauth
from alibabacloud_dysmsapi20170525.client import Client as Dysms
from alibabacloud_dysmsapi20170525 import models as dysms
from alibabacloud_ocr_api20210707.client import Client as AliyunOcr
from alibabacloud_ocr_api20210707 import models as aliyun_ocr
from alibabacloud_tea_openapi import models as open_api
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.ocr.v20181119 import models as tencent_ocr
from tencentcloud.ocr.v20181119.ocr_client import OcrClient


def aliyun_config(facts, secret=None):
    return open_api.Config(
        access_key_id=facts["key_id"],
        access_key_secret=secret or facts["secret"],
        endpoint=facts["host"],
        protocol="http",
    )


def refused(call):
    """The code with which a call is refused."""
    try:
        call()
    except TencentCloudSDKException as error:
        return error.get_code()
    except Exception as error:  # Each of Aliyun's SDKs has exceptions of its own; all of them carry a code.
        return getattr(error, "code", None) or repr(error)
    return "not refused"


def ask_sms(facts):
    client = Dysms(aliyun_config(facts))

    def send(number, parameters, template=facts["template"]):
        request = dysms.SendSmsRequest(
            phone_numbers=number,
            sign_name=facts["sign_name"],
            template_code=template,
            template_param=parameters,
        )
        return client.send_sms(request).body.code

    stranger = Dysms(aliyun_config(facts, "another secret"))
    empty = dysms.SendSmsRequest(sign_name=facts["sign_name"], template_code=facts["template"])
    return {
        "sent": send("13700001111", '{"code":"123456"}'),
        "prefixed": send("+8613700001112", '{"code":"123456"}'),
        "at_once_again": send("13700001111", '{"code":"123456"}'),
        "no_parameters": send("13700001113", "{}"),
        "number": send("1", '{"code":"123456"}'),
        "missing": refused(lambda: client.send_sms(empty)),
        "stranger": refused(lambda: stranger.send_sms(empty)),
    }


def ask_cloudauth(facts):
    client = Cloudauth(aliyun_config(facts))

    def id2(name, number):
        request = cloudauth.Id2MetaVerifyRequest(
            param_type="normal", user_name=name, identify_num=number
        )
        return client.id_2meta_verify(request).body.result_object.biz_code

    def init(**changed):
        fields = {
            "scene_id": int(facts["scene_id"]),
            "outer_order_no": "0123456789abcdef0123456789abcdef",
            "product_code": "ID_PRO",
            "cert_type": "IDENTITY_CARD",
            "cert_name": facts["name"],
            "cert_no": facts["number"],
            "meta_info": json.dumps({"deviceType": "h5", "ua": "Mozilla/5.0"}),
            "return_url": "https://m.hulian.example/",
            "callback_url": "https://hulian.example/callbacks/faces/aliyun-face",
            "callback_token": "0123456789",
            "certify_url_type": "H5",
            "model": "MOVE_ACTION",
        }
        fields.update(changed)
        return client.init_face_verify(cloudauth.InitFaceVerifyRequest(**fields)).body

    opened = init()
    described = client.describe_face_verify(
        cloudauth.DescribeFaceVerifyRequest(
            scene_id=int(facts["scene_id"]), certify_id=opened.result_object.certify_id
        )
    )
    return {
        "match": id2(facts["name"], facts["number"]),
        "mismatch": id2("何某人", facts["number"]),
        "opened": opened.code,
        "page": opened.result_object.certify_url,
        "other_scene": init(scene_id=1).code,
        "short_order": init(outer_order_no="1").code,
        "undecided": described.body.code,
    }


def ask_aliyun_ocr(facts):
    client = AliyunOcr(aliyun_config(facts))

    def photo(name):
        return io.BytesIO(base64.b64decode(facts["photos"][name]))

    card = client.recognize_idcard(aliyun_ocr.RecognizeIdcardRequest(body=photo("card"))).body
    licence = client.recognize_business_license(
        aliyun_ocr.RecognizeBusinessLicenseRequest(body=photo("licence"))
    ).body
    broken = aliyun_ocr.RecognizeIdcardRequest(body=io.BytesIO(b"GIF89a"))
    return {
        "number": json.loads(card.data)["data"]["face"]["data"]["idNumber"],
        "code": json.loads(licence.data)["data"]["creditCode"],
        "no_picture": refused(lambda: client.recognize_idcard(broken)),
    }


def ask_tencent_ocr(facts):
    def client(secret):
        http = HttpProfile(protocol="http", endpoint=facts["host"])
        credential = Credential(facts["key_id"], secret)
        return OcrClient(credential, "", ClientProfile(httpProfile=http))

    def card(side, secret=facts["secret"], name="card"):
        request = tencent_ocr.IDCardOCRRequest()
        request.ImageBase64 = facts["photos"][name]
        request.CardSide = side
        return client(secret).IDCardOCR(request)

    request = tencent_ocr.BizLicenseOCRRequest()
    request.ImageBase64 = facts["photos"]["licence"]
    return {
        "number": card("FRONT").IdNum,
        "code": client(facts["secret"]).BizLicenseOCR(request).RegNum,
        "other_side": refused(lambda: card("BACK")),
        "no_card": refused(lambda: card("FRONT", name="licence")),
        "stranger": refused(lambda: card("FRONT", secret="another secret")),
    }


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        facts = json.load(file)
    answers = {
        "sms": ask_sms(facts["aliyun"]),
        "cloudauth": ask_cloudauth(facts["aliyun"]),
        "aliyun_ocr": ask_aliyun_ocr(facts["aliyun"]),
        "tencent_ocr": ask_tencent_ocr(facts["tencent"]),
    }
    print(json.dumps(answers, ensure_ascii=False))


main()
