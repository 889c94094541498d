"""The forms of identifiers that the battery holds: how a value is made, what it is called, and how it is written.

A form is (id, types, make, Chinese labels, field names) with, where they apply, ways of grouping it and whether it is recognizable by itself. Types are the ids of Banyan's recognizers that may claim it: where
two types stand for one thing in different words, or the form is a more special case of another type, both may.
"""
import base64
import dataclasses
import string
from urllib.parse import quote

import checks
from values import DIGITS, HEX, LOWER, PLATE_LETTERS, PROVINCES, UPPER, WORDS, Maker


@dataclasses.dataclass(eq=False)
class Form:
    id: str
    group: str
    types: set
    make: object
    labels: list
    fields: list
    groupings: list
    bare: bool
    texts: list


# Stands on both sides of what must be found where a value has more to it: the country's code before a phone number, the port behind an address.
MARK = "\0"


def mark(before, value, after=""):
    return before + MARK + value + MARK + after


FORMS = []
GROUP = [""]


def group(name):
    GROUP[0] = name


def form(id, types, make, labels, fields, *groupings, bare=False, texts=()):
    """`texts` are writings of its own, with the value at {}, in place of the common ones (for values that stand only in certain texts)."""
    FORMS.append(Form(id, GROUP[0], set(types.split()), make, labels.split("|"), fields.split("|"), list(groupings), bare, list(texts)))


def blocks(*sizes, by=" "):
    """Writes a value in blocks of these sizes, the last size repeated."""
    def write(value, _):
        parts, place, turn = [], 0, 0
        while place < len(value):
            size = sizes[min(turn, len(sizes) - 1)]
            parts.append(value[place:place + size])
            place, turn = place + size, turn + 1
        return by.join(parts)
    return write


SPACED_ID, SPACED_CARD, DASHED_CARD = blocks(6, 8, 4), blocks(4), blocks(4, by="-")
FOURS, DASHED = blocks(4), blocks(4, by="-")

# Persons and their papers
group("identity")
form("resident-id", "resident-id", lambda m: m.resident(), "身份证号|居民身份证号码|公民身份号码|证件号码", "id_card|idCardNo|sfzh|cert_no", SPACED_ID, blocks(6, 8, 4, by="-"), bare=True)
form("resident-id-x", "resident-id", lambda m: m.resident(last="X"), "身份证号|身份证", "id_card|sfzhm|identity_no", SPACED_ID, bare=True)
form("resident-id-small-x", "resident-id", lambda m: m.resident(last="X").lower(), "身份证号码|身份证", "idcard|id_no|sfz", bare=True)
form("resident-id-15", "resident-id resident-id-15 resident-id-old", lambda m: m.resident_15(), "身份证号|原15位身份证号|一代身份证", "old_id_card|id_card|sfzh15", blocks(6, 6, 3))
form("residence-permit-hk", "resident-id residence-permit hmt-residence-permit", lambda m: m.resident("810000"), "港澳台居民居住证|居住证号码|证件号码", "residence_permit|jzz_no|cert_no", SPACED_ID, bare=True)
form("residence-permit-mo", "resident-id residence-permit hmt-residence-permit", lambda m: m.resident("820000"), "港澳居民居住证号|居住证号", "residence_permit_no|id_number", bare=True)
form("residence-permit-tw", "resident-id residence-permit hmt-residence-permit", lambda m: m.resident("830000"), "台湾居民居住证号码|居住证号", "tw_residence_permit|id_no", bare=True)
form("foreigner-permanent-2023", "resident-id foreign-permanent-resident permanent-residence foreigner-id", lambda m: m.resident_foreign(), "外国人永久居留身份证|永居证号码", "permanent_resident_id|prc_no", SPACED_ID, bare=True)
form("foreigner-permanent-old", "foreign-permanent-resident permanent-residence foreigner-id", lambda m: m.of(UPPER, 3) + m.digits(12), "外国人永久居留证号|永久居留证", "permanent_residence_no|pr_card")
form("passport-e8", "passport", lambda m: "E" + m.of(DIGITS, 8), "护照号|护照号码|普通护照", "passport|passportNo|hzhm", blocks(1, 4, 4), bare=False)
form("passport-e-letter", "passport", lambda m: "E" + m.of("ABCDEFGHJKLMNPQRSTUVWXYZ", 1) + m.of(DIGITS, 7), "护照号码|护照编号", "passport_no|passport_number|hzh")
form("passport-g", "passport", lambda m: "G" + m.of(DIGITS, 8), "护照号|因私护照", "passport_no|passport")
form("passport-14", "passport", lambda m: m.pick("14", "15") + m.of(DIGITS, 7), "护照号码|护照号", "passport_no|old_passport")
form("passport-diplomatic", "passport official-passport", lambda m: "DE" + m.of(DIGITS, 7), "外交护照号|护照号", "passport_no|diplomatic_passport")
form("passport-service", "passport official-passport", lambda m: "SE" + m.of(DIGITS, 7), "公务护照号码|护照号", "passport_no|service_passport")
form("passport-public", "passport official-passport", lambda m: "PE" + m.of(DIGITS, 7), "公务普通护照号|护照号", "passport_no|public_affairs_passport")
form("passport-hk", "passport hk-passport hong-kong-passport", lambda m: m.pick("K", "H", "KJ") + m.of(DIGITS, 8), "香港特区护照号码|护照号", "hk_passport|passport_no")
form("passport-mo", "passport macau-passport", lambda m: m.pick("MA", "MB") + m.of(DIGITS, 7), "澳门特区护照号|护照号码", "macau_passport|passport_no")
form("passport-tw", "passport taiwan-passport foreign-passport", lambda m: m.pick("3", "1") + m.of(DIGITS, 8), "台湾护照号码|护照号", "tw_passport|passport_no")
form("passport-foreign", "passport foreign-passport", lambda m: m.digits(9), "外籍人员护照号|护照号码", "us_passport|passport_number|passport_no")
form("seafarer", "seafarer seafarer-passport seaman passport seaman-book", lambda m: "A" + m.of(DIGITS, 8), "海员证号|海员证号码", "seafarer_passport|seamans_book")
form("permit-hk-macau", "travel-permit hk-macau-permit eep", lambda m: "C" + m.of(DIGITS, 8), "往来港澳通行证号|港澳通行证", "eep_no|hk_macau_permit|gatxz")
form("permit-hk-macau-new", "travel-permit hk-macau-permit eep", lambda m: "C" + m.of("ABCDEFGHJKLMNPQRSTUVWXYZ", 1) + m.of(DIGITS, 7), "往来港澳通行证|港澳通行证号码", "eep_number|travel_permit")
form("permit-home-h", "travel-permit home-return-permit", lambda m: "H" + m.of(DIGITS, m.pick(8, 10)), "回乡证号|港澳居民来往内地通行证", "home_return_permit|hxz_no")
form("permit-home-m", "travel-permit home-return-permit", lambda m: "M" + m.of(DIGITS, m.pick(8, 10)), "回乡证|来往内地通行证号码", "home_return_permit|mainland_travel_permit")
form("permit-taiwan", "travel-permit taiwan-permit taiwan-compatriot-permit", lambda m: m.of(DIGITS, 8), "台胞证号|台湾居民来往大陆通行证", "taibaozheng|mtp_no|taiwan_compatriot_permit")
form("permit-to-taiwan", "travel-permit taiwan-permit to-taiwan-permit taiwan-entry-permit", lambda m: m.pick("L", "T") + m.of(DIGITS, 8), "大陆居民往来台湾通行证|赴台通行证号", "taiwan_permit|exit_permit_tw")
form("hkid", "hkid hk-id hong-kong-id", lambda m: m.hong_kong(), "香港身份证号码|香港居民身份证", "hkid|hk_id_card|hkid_no", lambda v, m: v.replace("(", "").replace(")", ""), bare=True)
form("macau-id", "macau-id mo-id macau-bir", lambda m: f"{m.pick('1', '5', '7')}/{m.of(DIGITS, 6)}/{m.of(DIGITS, 1)}", "澳门身份证号|澳门居民身份证", "macau_id|bir_no", lambda v, m: v[:8].replace("/", "") + f"({v[-1]})")
form("taiwan-id", "taiwan-id tw-id twid", lambda m: m.taiwan(), "台湾身份证字号|身分證字號", "twid|tw_id|national_id_tw", bare=True)
form("taiwan-resident", "taiwan-id tw-id twid taiwan-arc taiwan-resident", lambda m: m.taiwan_resident(), "台湾居留证统一证号|统一证号", "arc_no|tw_arc")
form("officer", "military-id military-officer officer-id", lambda m: f"军字第{m.digits(7)}号", "军官证号|军官证", "officer_id|military_id", bare=True)
form("soldier", "military-id military-officer soldier-id", lambda m: f"士字第{m.digits(8)}号", "士兵证号|士官证", "soldier_id|military_id", bare=True)
form("armed-police", "military-id armed-police police-id", lambda m: f"武字第{m.digits(8)}号", "武警警官证|警官证号", "military_id|officer_card", bare=True)
form("police-badge", "police-badge police-number police-id badge-number", lambda m: m.digits(6), "警号|人民警察证号", "police_no|badge_number|jh")
form("machine-readable", "mrz passport machine-readable-zone", lambda m: mark(*m.machine_readable()), "机读码|护照机读区", "mrz", bare=True, texts=("护照底部机读码：\n{}\n请核对", "MRZ:\n{}\n", "{}", "OCR 结果如下\n{}\n识别完成"))
form("birth-certificate", "birth-certificate birth-cert", lambda m: m.of(UPPER, 1) + m.of(DIGITS, 9), "出生医学证明编号|出生证编号", "birth_cert_no|birth_certificate_no|csyxzm")
form("marriage-certificate", "marriage-certificate marriage-cert", lambda m: f"J{m.pick('110105', '350203', '440305')}-{m.chance.randint(2004, 2024)}-{m.of(DIGITS, 6)}", "结婚证字号|结婚证号", "marriage_cert_no|jhz", bare=True)
form("divorce-certificate", "marriage-certificate marriage-cert divorce-certificate", lambda m: f"L{m.pick('110105', '350203', '440305')}-{m.chance.randint(2004, 2024)}-{m.of(DIGITS, 6)}", "离婚证字号|离婚证号", "divorce_cert_no|lhz", bare=True)
form("household", "household household-number household-register hukou", lambda m: m.digits(9), "户号|户口簿编号|户口本号", "hukou_no|household_no|hkbh")
form("social-security-card", "social-security-card social-security", lambda m: m.of(UPPER, 1) + m.of(DIGITS, 8), "社保卡号|社会保障卡号|社会保障卡卡号", "social_security_card|ssc_no|sbkh")
form("social-security-number", "social-security-number social-security social-security-card", lambda m: m.digits(10), "个人社保编号|社保账号|社会保险号", "social_security_no|sbbh|si_account")
form("housing-fund", "housing-fund provident-fund housing-fund-account", lambda m: m.digits(12), "公积金账号|住房公积金个人账号", "housing_fund_no|provident_fund_account|gjjzh")
form("disabled", "disability-card disabled-card disability-certificate", lambda m: m.resident() + m.pick("1", "2", "3", "4") + m.pick("1", "2", "3", "4"), "残疾人证号|残疾证号码", "disability_cert_no|cjrz", bare=False)
form("driver-license", "driver-license drivers-license driving-license resident-id", lambda m: m.resident(), "驾驶证号|机动车驾驶证号码", "driver_license|jsz_no|license_no")
form("driver-archive", "driver-archive driver-license drivers-license driving-license driver-license-archive driver-file driving-archive driver-file-number", lambda m: m.pick("1101", "3502", "4403", "3301") + m.of(DIGITS, 8), "驾驶证档案编号|档案编号", "driver_archive_no|archive_no|dabh")
form("student-register", "student-id student-register student-registration resident-id student-number school-register", lambda m: m.pick("G", "L") + m.resident(), "学籍号|全国学籍号", "student_register_no|xjh")
form("student-number", "student-id student-number", lambda m: m.pick("2019", "2021", "2023") + m.of(DIGITS, m.pick(6, 8)), "学号|学生学号", "student_id|student_no|xh")
form("degree", "degree-certificate degree diploma academic-certificate education-certificate", lambda m: m.digits(5) + m.pick("2", "3", "4") + m.pick("2016", "2020", "2023") + m.of(DIGITS, 6), "学位证书编号|学位证号", "degree_cert_no|xwzsbh")
form("diploma", "degree-certificate degree diploma academic-certificate education-certificate graduation-certificate", lambda m: m.digits(5) + m.pick("1", "5") + m.pick("2016", "2020", "2023") + m.pick("05", "06", "02") + m.of(DIGITS, 6), "毕业证书编号|学历证书编号|毕业证号", "diploma_no|graduation_cert_no|byzsbh")
form("teacher", "teacher-certificate teacher-qualification teacher-license professional-certificate", lambda m: m.pick("2015", "2019", "2022") + m.digits(13), "教师资格证书号码|教师资格证号", "teacher_cert_no|jszgzh")
form("lawyer", "lawyer-license lawyer-certificate lawyer professional-certificate", lambda m: "1" + m.pick("1101", "3101", "4403", "3502") + m.pick("2010", "2017", "2021") + m.pick("1", "2") + m.pick("0", "1") + m.of(DIGITS, 6), "律师执业证号|执业证号", "lawyer_license_no|lszyzh")
form("doctor-qualification", "doctor-certificate doctor-license physician-license physician-certificate doctor-qualification medical-practitioner professional-certificate resident-id", lambda m: m.pick("2012", "2018") + m.pick("11", "35") + "1" + m.pick("10", "20") + m.resident(), "医师资格证书编码|医师资格证号", "physician_qualification_no|yszgz")
form("doctor-practice", "doctor-certificate doctor-license physician-license physician-certificate doctor-practice medical-practitioner professional-certificate", lambda m: "1" + m.pick("1011", "2035", "1044") + m.of(DIGITS, 10), "医师执业证书编码|医师执业证号", "physician_license_no|yszyz")
form("nurse", "nurse-certificate nurse-license nurse professional-certificate", lambda m: m.pick("2011", "2018", "2022") + m.of(DIGITS, 8), "护士执业证书编号|护士执业证号", "nurse_license_no|hszyz")
form("accountant", "accountant-certificate cpa-certificate cpa accountant professional-certificate", lambda m: m.pick("1101", "3502", "4403") + m.of(DIGITS, 8), "注册会计师证书编号|注会证书号", "cpa_no|accountant_cert_no")
form("exam-ticket", "exam-ticket exam-number admission-ticket exam-registration student-number", lambda m: m.digits(m.pick(12, 15)), "准考证号|准考证号码", "exam_ticket_no|admission_ticket|zkzh")
form("candidate", "exam-ticket exam-number candidate-number admission-ticket student-number", lambda m: m.pick("21", "22", "23") + m.pick("110105", "350203", "440305") + m.of(DIGITS, 6), "高考报名号|考生号", "candidate_no|gk_ksh|ksh")
form("visa", "visa visa-number", lambda m: m.of(UPPER, 1) + m.of(DIGITS, 8), "签证号码|签证编号", "visa_no|visa_number")
form("work-permit", "work-permit foreigner-work-permit", lambda m: m.of(UPPER, 3) + m.digits(12), "外国人工作许可证号码|工作许可证编号", "work_permit_no|foreigner_work_permit")
form("employee", "employee-id employee-number staff-id staff-number", lambda m: m.pick("A", "E", "BJ", "XM") + m.of(DIGITS, 6), "工号|员工编号|员工工号", "employee_id|staff_no|gh")
form("birthday", "date-of-birth birthday birth-date", lambda m: "%04d-%02d-%02d" % m.date(), "出生日期|生日", "birthday|date_of_birth|dob|csrq", lambda v, m: "{0}年{1}月{2}日".format(*map(int, v.split("-"))))
form("name", "person", lambda m: m.name(), "姓名|联系人|户主姓名|法定代表人", "name|real_name|xm|userName")

group("contact")
form("mobile", "mobile phone", lambda m: m.mobile(), "手机号|联系电话|手机号码|电话", "mobile|phone|sjh|phoneNumber|tel", blocks(3, 4), blocks(3, 4, by="-"), bare=True)
form("mobile-virtual", "mobile phone", lambda m: m.mobile(("162", "165", "167", "170", "171", "172")), "手机号|联系方式", "mobile|phone_no|lxfs", blocks(3, 4), bare=True)
form("mobile-plus", "mobile phone international-phone", lambda m: mark("+86", m.mobile()), "手机|电话号码", "mobile|phone|msisdn", lambda v, m: mark("+86 ", f"{v[4:7]} {v[7:11]} {v[11:15]}"), lambda v, m: mark("+86-", v[4:15]), lambda v, m: mark("(+86)", v[4:15]), bare=True)
form("mobile-0086", "mobile phone international-phone", lambda m: mark("0086", m.mobile()), "手机号|联系电话", "mobile|caller", lambda v, m: mark("0086-", v[5:16]), bare=True)
form("landline-3", "landline phone", lambda m: m.pick("010", "021", "020", "027", "028") + "-" + m.pick("6", "8", "5") + m.of(DIGITS, 7), "电话|固定电话|办公电话", "tel|telephone|office_phone|gddh", lambda v, m: v.replace("-", " "), bare=True)
form("landline-4", "landline phone", lambda m: m.pick("0592", "0755", "0571", "0431", "0898") + "-" + m.pick("2", "5", "8") + m.of(DIGITS, m.pick(6, 7)), "座机|联系电话|固话", "tel|landline|zj", lambda v, m: v.replace("-", " "), bare=True)
form("landline-parentheses", "landline phone", lambda m: f"({m.pick('010', '0592', '0755', '0591')}){m.pick('2', '5', '8')}{m.of(DIGITS, 7)}", "电话|办公电话", "tel|phone", lambda v, m: v.replace("(", "（").replace(")", "）"), bare=True)
form("landline-extension", "landline phone", lambda m: mark("", f"{m.pick('010', '0592', '0755')}-{m.pick('2', '5', '8')}{m.of(DIGITS, 7)}", "-" + m.of(DIGITS, 3)), "总机及分机|联系电话", "tel|office_tel", lambda v, m: v.replace(MARK + "-", MARK + "转"), bare=True)
form("landline-plus", "landline phone international-phone", lambda m: mark("+86-", f"{m.pick('10', '21', '592', '755')}-{m.pick('2', '5', '8')}{m.of(DIGITS, 7)}"), "电话|总机", "tel|phone", lambda v, m: v.replace("-", " "), bare=True)
form("landline-plain", "landline phone", lambda m: m.pick("010", "021", "0592", "0755") + m.pick("2", "5", "8") + m.of(DIGITS, 7), "座机号码|电话", "tel|landline")
form("service-400", "service-line service-phone landline phone hotline service-number", lambda m: f"400-{m.of(DIGITS, 3)}-{m.of(DIGITS, 4)}", "客服热线|服务电话", "hotline|service_tel", lambda v, m: v.replace("-", ""), lambda v, m: v.replace("-", " "), bare=True)
form("service-800", "service-line service-phone landline phone hotline service-number", lambda m: f"800-{m.of(DIGITS, 3)}-{m.of(DIGITS, 4)}", "免费电话|服务热线", "hotline|tel", lambda v, m: v.replace("-", ""))
form("fax", "landline phone fax", lambda m: m.pick("010", "021", "0592", "0755") + "-" + m.pick("2", "5", "8") + m.of(DIGITS, 7), "传真|传真号码", "fax|fax_no|cz", bare=True)
form("phone-hk", "hk-phone phone international-phone mobile", lambda m: "+852 " + m.pick("5", "6", "9") + m.of(DIGITS, 3) + " " + m.of(DIGITS, 4), "香港电话|联系电话", "hk_phone|tel", lambda v, m: v.replace(" ", ""), lambda v, m: v.replace(" ", "-"), bare=True)
form("phone-mo", "macau-phone phone international-phone mobile", lambda m: "+853 6" + m.of(DIGITS, 3) + " " + m.of(DIGITS, 4), "澳门电话|联系电话", "mo_phone|tel", lambda v, m: v.replace(" ", "-"), bare=True)
form("phone-tw", "taiwan-phone phone international-phone mobile", lambda m: f"+886 9{m.of(DIGITS, 2)} {m.of(DIGITS, 3)} {m.of(DIGITS, 3)}", "台湾手机|联系电话", "tw_mobile|tel", lambda v, m: v.replace(" ", ""), lambda v, m: v.replace(" ", "-"), bare=True)
form("phone-foreign", "phone international-phone", lambda m: m.pick("+1 415 555 ", "+1 212 736 ", "+1 650 253 ") + m.of(DIGITS, 4), "国际电话|电话", "phone|tel|contact_number", lambda v, m: v.replace(" ", "-"), bare=True)
form("email", "email", lambda m: m.email(), "邮箱|电子邮件|联系邮箱", "email|mail|yx|dzyx", lambda v, m: f"<{v}>", bare=True)
form("qq", "qq", lambda m: m.digits(m.pick(8, 9, 10)), "QQ号|QQ|企鹅号", "qq|qq_no|qqhm")
form("qq-group", "qq qq-group social-account", lambda m: m.digits(9), "QQ群|QQ群号", "qq_group|qqqun")
form("wechat", "wechat wechat-open-id", lambda m: m.pick("wxid_" + m.mixed(14, LOWER + DIGITS), m.pick("xiaolin", "lucky", "hello", "chen") + "_" + m.of(DIGITS, 4)), "微信号|微信|加我微信", "wechat|weixin|wechat_id|wxh")
form("weibo", "weibo weibo-id social-account", lambda m: m.digits(10), "微博UID|微博ID|新浪微博", "weibo_uid|weibo_id")
form("douyin", "douyin douyin-id social-account", lambda m: m.pick("dy", "lin", "mm") + m.mixed(8, LOWER + DIGITS), "抖音号|抖音ID", "douyin_id|douyin")
form("xiaohongshu", "xiaohongshu xiaohongshu-id social-account", lambda m: m.digits(m.pick(9, 10, 11)), "小红书号|小红书ID", "xhs_id|xiaohongshu")
form("kuaishou", "kuaishou kuaishou-id social-account", lambda m: m.pick("ks", "lao", "boss") + m.mixed(7, LOWER + DIGITS), "快手号|快手ID", "kuaishou_id|kuaishou")
form("bilibili", "bilibili bilibili-id social-account", lambda m: m.digits(9), "B站UID|哔哩哔哩UID", "bilibili_uid|bili_mid")
form("dingtalk", "dingtalk dingtalk-id social-account", lambda m: m.mixed(9, LOWER + DIGITS), "钉钉号|钉钉ID", "dingtalk_id|dingding")
form("taobao", "taobao taobao-id wangwang social-account login-name", lambda m: m.pick("tb", "sunny", "happy") + m.digits(8), "淘宝旺旺|旺旺号|淘宝账号", "wangwang|taobao_nick")
form("alipay", "alipay email mobile alipay-account", lambda m: m.email(), "支付宝账号|支付宝", "alipay_account|alipay")
form("telegram", "telegram telegram-id social-account messenger-handle", lambda m: "@" + m.pick("crypto", "fast", "lee") + "_" + m.mixed(6, LOWER + DIGITS), "电报账号|Telegram", "telegram|tg_handle")
form("whatsapp", "whatsapp phone international-phone social-account mobile messenger-handle", lambda m: mark("+86 ", m.mobile()), "WhatsApp", "whatsapp|whatsapp_no", bare=True)
form("openid", "wechat-openid openid wechat wechat-open-id", lambda m: "o" + m.mixed(27, WORDS + "-_"), "微信openid|openid", "openid|wx_openid")
form("unionid", "wechat-openid openid wechat wechat-unionid unionid wechat-open-id", lambda m: "o" + m.mixed(27, WORDS + "-_"), "微信unionid|unionid", "unionid|union_id")
form("official-account", "wechat wechat-official-account official-account wechat-gh wechat-app social-account", lambda m: "gh_" + m.mixed(12, HEX), "公众号原始ID|公众号", "gh_id|original_id", bare=True)
form("postcode", "postal-code postcode zip-code post-code", lambda m: m.pick("361005", "100871", "518057", "200433", "610041") , "邮编|邮政编码", "zip|postcode|yb")

group("finance")
form("card-union-19", "bank-card", lambda m: m.union(19), "银行卡号|卡号|储蓄卡号", "bank_card|card_no|yhkh|accountNo", SPACED_CARD, DASHED_CARD, bare=True)
form("card-union-16", "bank-card credit-card", lambda m: m.card(("622588", "625912", "622575", "628366"), 16), "信用卡号|银行卡", "card_number|credit_card|xykh", SPACED_CARD, DASHED_CARD, bare=True)
form("card-union-17", "bank-card", lambda m: m.card(("621661", "620522"), 17), "借记卡号|卡号", "debit_card|card_no", SPACED_CARD)
form("card-visa", "bank-card credit-card", lambda m: m.card(("4392", "4518", "4041", "4532"), 16), "信用卡号|Visa卡号", "card_number|visa_card|pan", SPACED_CARD, DASHED_CARD, bare=True)
form("card-master", "bank-card credit-card", lambda m: m.card(("5187", "5201", "5309", "5412"), 16), "万事达卡号|信用卡", "card_number|cc_no", SPACED_CARD, DASHED_CARD, bare=True)
form("card-amex", "bank-card credit-card", lambda m: m.card(("34", "37"), 15), "运通卡号|信用卡号", "amex_card|card_number", blocks(4, 6, 5), bare=True)
form("card-jcb", "bank-card credit-card", lambda m: m.card(("3528", "3569", "3574"), 16), "JCB卡号|信用卡号", "card_number|jcb_card", SPACED_CARD, bare=True)
form("card-diners", "bank-card credit-card", lambda m: m.card(("36", "38"), 14), "大来卡号|信用卡号", "card_number|diners_card", blocks(4, 6, 4))
form("card-cvv", "card-cvv cvv card-security-code", lambda m: m.digits(3), "CVV|CVV2码|信用卡安全码", "cvv|cvv2|card_cvc")
form("card-expiry", "card-expiry card-expiration", lambda m: f"{m.chance.randint(1, 12):02}/{m.chance.randint(26, 33)}", "信用卡有效期|卡有效期", "card_expiry|exp_date|valid_thru")
form("account-company", "bank-account company-account corporate-account bank-card", lambda m: m.pick("4100", "3500", "1100", "8110") + m.of(DIGITS, 13), "对公账号|银行账号|开户账号", "bank_account|account_no|yhzh", blocks(4))
form("account-person", "bank-account bank-card", lambda m: m.digits(m.pick(12, 15)), "收款账号|银行账户|开户行账号", "payee_account|bank_acct|bank_account_no")
form("cnaps", "cnaps bank-code bank-routing", lambda m: m.pick("102", "103", "104", "105", "308") + m.pick("1000", "3930", "5840", "2900") + m.of(DIGITS, 5), "联行号|开户行行号|支付系统行号", "cnaps|bank_code|lhh")
form("swift", "swift swift-bic bic swift-code", lambda m: m.pick("ICBK", "BKCH", "ABOC", "PCBC", "CMBC") + "CN" + m.pick("BJ", "SH", "BS") + m.pick("", "XXX", "300"), "SWIFT代码|银行国际代码", "swift_code|bic|swift")
form("iban", "iban", lambda m: m.iban(), "IBAN|国际银行账号", "iban|iban_no", FOURS, bare=True)
form("invoice-code", "invoice-code invoice vat-invoice invoice-number", lambda m: m.pick("0110", "0350", "0440", "1440") + m.of(DIGITS, 8), "发票代码|增值税发票代码", "invoice_code|fpdm")
form("invoice-number", "invoice-number invoice vat-invoice", lambda m: m.of(DIGITS, 8), "发票号码|发票号", "invoice_no|invoice_number|fphm")
form("invoice-electronic", "invoice-number invoice vat-invoice e-invoice electronic-invoice digital-invoice", lambda m: m.pick("23", "24", "25") + m.pick("11", "35", "44") + "2" + m.of(DIGITS, 15), "数电票号码|电子发票号码|发票号码", "einvoice_no|invoice_no|sdphm")
form("taxpayer-old", "taxpayer-id taxpayer tax-id credit-code tax-number", lambda m: (lambda body: m.pick("110105", "350203") + body + checks.organization(body))(m.of(DIGITS, 8)), "纳税人识别号|税号", "tax_no|taxpayer_id|nsrsbh")
form("securities", "securities-account stock-account securities", lambda m: m.pick("A", "0", "E") + m.of(DIGITS, 9), "证券账户|股东账号|股东代码", "securities_account|stock_account|gdzh")
form("fund-account", "fund-account fund securities-account", lambda m: m.digits(12), "基金账号|基金账户", "fund_account|jjzh")
form("futures", "futures-account futures trading-account securities-account fund-account", lambda m: m.digits(8), "期货账户|期货资金账号", "futures_account|qhzh")
form("policy", "insurance-policy policy-number insurance-policy-number", lambda m: m.pick("P", "PDAA", "AHAZ", "") + m.digits(16), "保单号|保险单号|保单号码", "policy_no|insurance_policy_no|bdh")
form("alipay-pid", "alipay-pid alipay alipay-id merchant-id alipay-user-id alipay-account alipay-key", lambda m: "2088" + m.of(DIGITS, 12), "支付宝PID|合作者身份ID|支付宝用户ID", "alipay_pid|seller_id|alipay_user_id")
form("wechat-merchant", "merchant-id wechat-merchant wechat-pay-merchant wechat-merchant-id wechat-pay-key", lambda m: m.pick("14", "15", "16") + m.of(DIGITS, 8), "微信支付商户号|商户号", "mch_id|mchid|merchant_id")
form("digital-yuan", "digital-yuan digital-rmb ecny-wallet digital-yuan-wallet", lambda m: "00" + m.of(DIGITS, 14), "数字人民币钱包编号|数字钱包编号", "ecny_wallet_id|dcep_wallet", blocks(4))
form("credit-report", "credit-report credit-report-number", lambda m: m.pick("2022", "2023", "2024") + m.of(DIGITS, 18), "征信报告编号|信用报告编号", "credit_report_no|zxbgbh")
form("lei", "lei legal-entity-identifier legal-entity", lambda m: m.lei(), "LEI编码|法人识别编码", "lei|lei_code")

group("vehicle")
form("plate", "plate license-plate", lambda m: m.plate(), "车牌号|车牌|号牌号码", "plate_no|license_plate|cph", lambda v, m: v[:2] + "·" + v[2:], lambda v, m: v[:2] + " " + v[2:], lambda v, m: v[:2] + "-" + v[2:], bare=True)
form("plate-electric", "plate license-plate", lambda m: m.of(PROVINCES, 1) + m.of(PLATE_LETTERS[:8], 1) + m.pick("D", "F") + m.of(DIGITS, 5), "新能源车牌|车牌号", "plate_no|cphm", lambda v, m: v[:2] + "·" + v[2:], bare=True)
form("plate-electric-letter", "plate license-plate", lambda m: m.of(PROVINCES, 1) + m.of(PLATE_LETTERS[:8], 1) + m.pick("A", "B", "C", "G", "K") + m.pick("A", "K", "3") + m.of(DIGITS, 4), "绿牌号码|车牌", "plate_no|plate", lambda v, m: v[:2] + "·" + v[2:], bare=True)
form("plate-electric-large", "plate license-plate", lambda m: m.of(PROVINCES, 1) + m.of(PLATE_LETTERS[:8], 1) + m.of(DIGITS, 5) + m.pick("D", "F"), "车牌号|大型新能源车牌", "plate_no|vehicle_no", lambda v, m: v[:2] + "·" + v[2:], bare=True)
form("plate-trailer", "plate license-plate", lambda m: m.of(PROVINCES, 1) + m.of(PLATE_LETTERS[:8], 1) + m.of(DIGITS, 4) + "挂", "挂车号牌|车牌号", "trailer_plate|plate_no", lambda v, m: v[:2] + "·" + v[2:], bare=True)
form("plate-learner", "plate license-plate", lambda m: m.of(PROVINCES, 1) + m.of(PLATE_LETTERS[:8], 1) + m.of(DIGITS, 4) + "学", "教练车牌|车牌号", "plate_no|coach_plate", bare=True)
form("plate-police", "plate license-plate armed-police-plate", lambda m: m.of(PROVINCES, 1) + m.pick("A", "B", "C", "O") + m.of(DIGITS, 4) + "警", "警车号牌|车牌号", "plate_no|police_plate", bare=True)
form("plate-hk", "plate license-plate hmt-plate", lambda m: "粤Z" + m.mixed(4, PLATE_LETTERS + DIGITS * 2) + m.pick("港", "澳"), "粤港两地牌|车牌号", "plate_no|cross_border_plate", lambda v, m: v[:2] + "·" + v[2:], bare=True)
form("plate-embassy", "plate license-plate embassy-plate diplomatic-plate", lambda m: m.digits(6) + "使", "使馆车牌|车牌号", "plate_no|embassy_plate", bare=True)
form("plate-consulate", "plate license-plate embassy-plate diplomatic-plate", lambda m: m.pick("沪", "粤", "川") + m.pick("A", "B") + m.of(DIGITS, 4) + "领", "领馆车牌|车牌号", "plate_no|consulate_plate", bare=True)
form("plate-armed-police", "plate license-plate military-plate armed-police-plate", lambda m: "WJ" + m.of(PROVINCES, 1) + m.of(DIGITS, 4) + m.pick("X", "B", "T", "S", m.of(DIGITS, 1)), "武警车牌|车牌号", "plate_no|wj_plate", bare=True)
form("plate-military", "plate license-plate military-plate", lambda m: m.pick("VA", "KA", "NB", "LC", "BA", "EB") + m.of(DIGITS, 5), "军车牌号|军车号牌", "military_plate|plate_no")
form("plate-airport", "plate license-plate airport-plate", lambda m: "民航" + m.pick("A", "B", "E") + m.of(DIGITS, 4), "民航车牌|场内车牌号", "airport_plate|plate_no")
form("vin", "vin", lambda m: m.vin(), "车架号|车辆识别代号", "vin|chassis_no|cjh", bare=True)
form("engine", "engine-number engine", lambda m: m.mixed(8, PLATE_LETTERS + DIGITS * 3), "发动机号|发动机号码", "engine_no|engine_number|fdjh")
form("vehicle-certificate", "vehicle-certificate vehicle-registration vehicle-registration-certificate vehicle-license", lambda m: m.pick("11", "35", "44") + "00" + m.of(DIGITS, 8), "机动车登记证书编号|登记证书编号", "vehicle_cert_no|jdcdjzs")
form("driving-record", "vehicle-archive vehicle-license vehicle-registration driving-permit driver-archive driver-license vehicle-license-archive driver-file-number vehicle-certificate", lambda m: m.pick("3502", "1101", "4403") + m.of(DIGITS, 8), "行驶证档案编号|行驶证号", "vehicle_license_no|xsz_no")
form("mmsi", "mmsi ship-mmsi vessel", lambda m: m.pick("412", "413", "414") + m.of(DIGITS, 6), "船舶MMSI|MMSI", "mmsi|ship_mmsi")
form("imo", "imo ship-imo imo-number vessel", lambda m: (lambda body: mark("IMO ", body + str(sum(int(digit) * weight for digit, weight in zip(body, range(7, 1, -1))) % 10)))(m.pick("9", "8") + m.of(DIGITS, 5)), "船舶识别号|IMO编号", "imo_no|ship_imo", bare=True)
form("aircraft", "aircraft aircraft-registration", lambda m: "B-" + m.mixed(4, DIGITS + "ABCD"), "航空器登记号|飞机注册号", "aircraft_reg|tail_number")
form("road-transport", "road-transport transport-license road-transport-license transport-permit", lambda m: m.pick("350203", "110105", "440305") + m.of(DIGITS, 6), "道路运输证号|道路运输经营许可证号", "road_transport_no|dlysz")

group("health")
form("medical-record", "medical-record medical-record-number patient-id", lambda m: m.digits(m.pick(8, 10)), "病历号|病案号", "medical_record_no|mrn|blh")
form("outpatient", "outpatient medical-record outpatient-number patient-id medical-record-number", lambda m: m.pick("MZ", "M", "") + m.digits(8), "门诊号|门诊卡号", "outpatient_no|mzh")
form("inpatient", "inpatient medical-record inpatient-number patient-id medical-record-number hospitalization", lambda m: m.pick("ZY", "") + m.digits(8), "住院号|住院登记号", "inpatient_no|admission_no|zyh")
form("visit-card", "medical-record patient-id medical-card visit-card outpatient outpatient-number medical-record-number", lambda m: m.digits(10), "就诊卡号|诊疗卡号", "patient_card_no|visit_card|jzkh")
form("medical-insurance", "medical-insurance medical-insurance-number medical-insurance-card social-security", lambda m: m.pick(m.digits(10), m.of(UPPER, 1) + m.of(DIGITS, 9)), "医保卡号|医保编号|医疗保险号", "medical_insurance_no|ybkh|yb_no")
form("examination", "examination-number exam-report medical-exam medical-record medical-report imaging-number lab-number medical-examination", lambda m: m.pick("CT", "MR", "US", "DR") + m.digits(8), "检查号|影像号", "exam_no|accession_no|jch")
form("prescription", "prescription prescription-number medical-record", lambda m: m.pick("CF", "") + m.pick("2023", "2024") + m.of(DIGITS, 8), "处方号|处方编号", "prescription_no|cfh")
form("specimen", "specimen specimen-number sample-number medical-sample lab-number specimen-barcode imaging-number", lambda m: m.digits(12), "标本号|标本条码", "specimen_no|sample_barcode|bbh")
form("health-card", "health-card electronic-health-card", lambda m: m.of(HEX.upper(), 64), "电子健康卡号|居民健康卡", "health_card_id|ehc_id")
form("vaccine", "vaccination vaccination-number vaccination-certificate immunization", lambda m: m.pick("3502", "1101") + m.of(DIGITS, 12), "预防接种证号|接种编码", "vaccination_no|jzbm")
form("medical-institution", "medical-institution medical-institution-license medical-license", lambda m: m.pick("PDY", "MB") + m.of(DIGITS, 5) + "X" + m.pick("350203", "110105") + m.of(DIGITS, 2) + "A" + m.of(DIGITS, 4), "医疗机构执业许可证登记号|医疗机构登记号", "medical_institution_no|yljgdjh")
form("device-registration", "medical-device medical-device-registration device-registration", lambda m: f"国械注准{m.pick('2017', '2021', '2023')}3{m.of(DIGITS, 6)}", "医疗器械注册证编号|注册证号", "device_reg_no|ylqxzc", bare=True)
form("drug-approval", "drug-approval drug-approval-number", lambda m: f"国药准字{m.pick('H', 'Z', 'S')}{m.pick('2005', '2013', '2020')}{m.of(DIGITS, 4)}", "药品批准文号|批准文号", "drug_approval_no|ypzwh", bare=True)

group("corporate")
form("credit-code", "credit-code tax-number", lambda m: m.credit_code(), "统一社会信用代码|信用代码|税号", "uscc|credit_code|tyshxydm", blocks(2, 6, 9), bare=True)
form("organization-code", "organization-code org-code", lambda m: (lambda body: f"{body}-{checks.organization(body)}")(m.of(DIGITS, 8)), "组织机构代码|机构代码证", "org_code|zzjgdm", lambda v, m: v.replace("-", ""))
form("business-license", "business-license business-registration business-license-number registration-number", lambda m: (lambda body: body + checks.mod_11_10(body))(m.pick("110105", "350203", "440305") + m.of(DIGITS, 8)), "营业执照注册号|工商注册号", "business_license_no|yyzzh|reg_no")
form("icp-filing", "icp-filing icp icp-license icp-number", lambda m: f"{m.pick('京', '闽', '粤', '沪', '浙')}ICP备{m.digits(8)}号" + m.pick("", "-1", "-12"), "备案号|ICP备案号", "icp|icp_no", bare=True)
form("icp-license", "icp-license icp-filing icp icp-number", lambda m: f"{m.pick('京', '闽', '粤', '沪')}ICP证{m.of(DIGITS, 6)}号", "ICP证|ICP经营许可证号", "icp_license|icpz", bare=True)
form("app-filing", "icp-filing icp app-filing icp-number", lambda m: f"{m.pick('京', '闽', '粤')}ICP备{m.digits(8)}号-{m.chance.randint(1, 30)}A", "APP备案号|小程序备案号", "app_icp|filing_no", bare=True)
form("police-filing", "police-filing public-security-filing network-police-filing psb-filing", lambda m: f"{m.pick('京', '闽', '粤')}公网安备 {m.pick('1101050200', '3502030200', '4403050200')}{m.of(DIGITS, 4)}号", "公安备案号|网安备案", "police_icp|gawa", lambda v, m: v.replace(" ", ""), bare=True)
form("food-production", "food-license food-production-license food-production", lambda m: "SC" + m.pick("1", "2") + m.of(DIGITS, 13), "食品生产许可证编号|生产许可证号", "sc_no|food_license", bare=False)
form("food-business", "food-license food-business-license food-production-license food-business", lambda m: "JY" + m.pick("1", "2", "3") + m.of(DIGITS, 13), "食品经营许可证编号|许可证编号", "jy_no|food_business_license")
form("financial-license", "financial-license finance-license", lambda m: m.pick("B", "L", "Z") + m.of(DIGITS, 4) + m.pick("H", "S", "L") + m.pick("1", "2", "3") + m.of(DIGITS, 8), "金融许可证机构编码|金融许可证号", "financial_license_no|jrxkz")
form("patent", "patent patent-number", lambda m: (lambda body: f"ZL{body}.{checks.patent(body)}")(m.pick("2016", "2019", "2021") + m.pick("1", "2", "3") + m.of(DIGITS, 7)), "专利号|发明专利", "patent_no|zlh", lambda v, m: "ZL " + v[2:], lambda v, m: "CN" + v[2:], bare=True)
form("trademark", "trademark trademark-number trademark-registration", lambda m: m.digits(8), "商标注册号|商标注册证号", "trademark_no|sbzch")
form("software-copyright", "software-copyright software-registration copyright", lambda m: f"{m.pick('2018', '2021', '2023')}SR{m.of(DIGITS, 7)}", "软件著作权登记号|软著登记号", "software_copyright_no|rzdjh", bare=True)
form("court-case", "court-case case-number court-case-number", lambda m: f"({m.pick('2019', '2022', '2023')}){m.pick('京0105', '闽0203', '粤03', '沪01')}{m.pick('民初', '刑终', '行初', '执', '民终')}{m.digits(m.pick(3, 4, 5))}号", "案号|判决书案号", "case_no|ah", lambda v, m: v.replace("(", "（").replace(")", "）"), bare=True)
form("labor-arbitration", "arbitration court-case arbitration-case labor-arbitration case-number", lambda m: f"{m.pick('京朝', '厦思', '深南')}劳人仲{m.pick('字', '案字')}〔{m.pick('2020', '2022')}〕第{m.digits(4)}号", "劳动仲裁案号|仲裁案号", "arbitration_no|zcah", bare=True)
form("police-case", "police-case case-number criminal-case police-case-number court-case", lambda m: "A" + m.pick("110105", "350203") + m.of(DIGITS, 6) + m.pick("2022", "2023") + m.of(DIGITS, 6), "案件编号|警情编号", "police_case_no|ajbh")
form("official-document", "official-document document-number official-document-number", lambda m: f"{m.pick('国办发', '厦府办', '教发', '闽政', '工信部网安')}〔{m.pick('2019', '2021', '2023')}〕{m.chance.randint(1, 199)}号", "发文字号|文号", "doc_no|wh", lambda v, m: v.replace("〔", "[").replace("〕", "]"), bare=True)
form("penalty", "penalty administrative-penalty penalty-decision official-document document-number", lambda m: f"{m.pick('京市监处罚', '厦市监罚', '深环罚')}〔{m.pick('2021', '2023')}〕{m.chance.randint(1, 999)}号", "行政处罚决定书文号|处罚文号", "penalty_no|cfwh", bare=True)
form("real-estate", "real-estate real-estate-certificate property-certificate real-estate-right", lambda m: f"{m.pick('京', '闽', '粤')}({m.pick('2017', '2020', '2023')}){m.pick('朝', '厦门市', '深圳市', '海')}不动产权第{m.of(DIGITS, 7)}号", "不动产权证书号|不动产权证号", "property_cert_no|bdcqzh", lambda v, m: v.replace("(", "（").replace(")", "）"), bare=True)
form("house-old", "real-estate real-estate-certificate property-certificate house-certificate real-estate-right", lambda m: f"{m.pick('京房权证朝字', '厦国土房证', '深房地字')}第{m.of(DIGITS, m.pick(6, 8))}号", "房产证号|房屋所有权证号", "house_cert_no|fczh", bare=True)
form("land", "land-certificate real-estate real-estate-certificate land-use land-use-certificate", lambda m: f"{m.pick('京朝国用', '厦国用', '深国用')}({m.pick('2005', '2011')})第{m.digits(5)}号", "土地使用证号|土地证号", "land_cert_no|tdzh", lambda v, m: v.replace("(", "（").replace(")", "）"), bare=True)
form("construction", "construction-permit planning-permit construction-license construction", lambda m: f"{m.pick('建字第', '地字第')}{m.pick('110105', '350203')}{m.pick('2019', '2022')}{m.of(DIGITS, 5)}号", "建设工程规划许可证号|规划许可证", "construction_permit_no|ghxkz", bare=True)
form("secret-mark", "classification-mark secret-mark secrecy-mark state-secret classification security-mark", lambda m: m.pick("机密★10年", "秘密★5年", "绝密★30年", "机密★长期"), "密级|密级和保密期限", "secret_level|mj", bare=True)
form("mlps-filing", "mlps-filing mlps mlps-number security-filing", lambda m: f"{m.pick('11010843001', '35020043001', '44030043010')}-{m.pick('19', '21', '23')}{m.of(DIGITS, 3)}", "等保备案号|信息系统安全等级保护备案证明编号", "mlps_no|dbbah")
form("telecom-license", "telecom-license telecom telecom-permit", lambda m: m.pick("A2.B1.B2-", "B1-", "B2-", "合字B2-") + m.pick("2015", "2019", "2022") + m.of(DIGITS, 4), "增值电信业务经营许可证|电信业务许可证编号", "telecom_license_no|dxywxkz")
form("culture-license", "culture-license network-culture-license internet-culture-license", lambda m: f"{m.pick('京', '闽', '粤')}网文〔{m.pick('2019', '2021')}〕{m.of(DIGITS, 4)}-{m.of(DIGITS, 3)}号", "网络文化经营许可证|文网文号", "culture_license_no|wlwh", bare=True)
form("contract", "contract contract-number", lambda m: f"{m.pick('HT', 'XS', 'CG')}-{m.pick('2021', '2023')}-{m.of(DIGITS, 5)}", "合同编号|合同号", "contract_no|htbh")
form("customs-declaration", "customs-declaration customs customs-declaration-number", lambda m: m.pick("3710", "5301", "2225") + m.pick("2021", "2023") + m.pick("0", "1") + m.of(DIGITS, 9), "报关单号|海关报关单编号", "customs_declaration_no|bgdh")
form("customs-registration", "customs-registration customs customs-code", lambda m: m.pick("3502", "1105", "4403") + m.pick("9", "3", "2") + m.mixed(5, DIGITS * 5 + "ABC"), "海关注册编码|海关编码（十位）", "customs_reg_no|hgzcbm")
form("drug-business", "drug-license drug-business-license pharmacy-license drug-business", lambda m: m.pick("京", "闽", "粤") + m.pick("AA", "BA", "CB", "DA") + m.pick("592", "010", "755") + m.of(DIGITS, 4), "药品经营许可证编号|药品经营许可证号", "drug_license_no|ypjyxkz")
form("tax-registration", "tax-registration taxpayer-id tax-id tax-number", lambda m: f"{m.pick('京', '闽', '厦')}税字{m.digits(15)}号", "税务登记证号|税务登记证", "tax_reg_no|swdjz", bare=True)

group("network")
form("ipv4", "ip-address ipv4 ip", lambda m: m.ipv4(), "IP地址|服务器IP|源地址", "ip|client_ip|src_ip|ipdz", lambda v, m: mark("", v, ":8443"), bare=True)
form("ipv4-network", "ip-address ipv4 ip cidr ip-range", lambda m: mark("", f"10.{m.chance.randint(0, 250)}.{m.chance.randint(0, 250)}.0", f"/{m.pick(16, 22, 24)}"), "网段|子网", "cidr|subnet|wd", bare=True)
form("ipv6", "ip-address ipv6 ip", lambda m: m.ipv6(), "IPv6地址|IP地址", "ipv6|src_ip", lambda v, m: mark("[", v, "]:443"), bare=True)
form("ipv6-short", "ip-address ipv6 ip", lambda m: f"240e:{m.of(HEX, 3)}:{m.of(HEX, 4)}::{m.of(HEX, 2)}", "IPv6地址|地址", "ipv6_addr|peer", bare=True)
form("mac", "mac-address mac", lambda m: m.mac(), "MAC地址|物理地址", "mac|mac_addr|wldz", lambda v, m: v.replace(":", "-"), lambda v, m: v.lower(), lambda v, m: ".".join(v.replace(":", "").lower()[p:p + 4] for p in (0, 4, 8)), bare=True)
form("imei", "imei", lambda m: m.imei(), "IMEI|手机串号|设备串号", "imei|imei1|device_imei", blocks(2, 6, 6, 1, by="-"))
form("meid", "meid", lambda m: "A" + m.of("0123456789ABCDEF", 13), "MEID|设备识别码", "meid|device_meid")
form("imsi", "imsi", lambda m: m.pick("46000", "46001", "46011", "46002") + m.of(DIGITS, 10), "IMSI|国际移动用户识别码", "imsi|sim_imsi")
form("iccid", "iccid sim-card", lambda m: m.iccid(), "ICCID|SIM卡号", "iccid|sim_iccid", bare=True)
form("idfa", "idfa advertising-id device-id", lambda m: m.uuid().upper(), "IDFA|苹果广告标识", "idfa|ios_idfa")
form("oaid", "oaid advertising-id device-id", lambda m: m.pick(m.uuid(), m.of(HEX, 16)), "OAID|匿名设备标识", "oaid|device_oaid")
form("android", "android-id device-id advertising-id", lambda m: m.mixed(16, HEX), "安卓ID|Android ID", "android_id|androidId")
form("serial", "device-serial serial-number device-id device-serial-number", lambda m: m.pick("SN", "C02", "HUA", "21") + m.mixed(9, UPPER + DIGITS), "设备序列号|序列号", "serial_number|device_sn|sbxlh")
form("domain-internal", "domain internal-domain intranet-domain hostname url domain-name", lambda m: f"{m.pick('oa', 'erp', 'git', 'jira', 'db01')}.{m.pick('corp.lanhai-tech.cn', 'internal.huayue.com.cn', 'intra.example-bank.cn')}", "内网域名|内部系统域名", "domain|internal_host")
form("url-private", "url internal-url intranet-url ip-address credential-url", lambda m: mark("http://", f"{m.pick('192.168.', '10.12.')}{m.chance.randint(0, 99)}.{m.chance.randint(2, 250)}", ":8080/admin/login"), "后台地址|管理入口", "admin_url|url", bare=True)
form("broadband", "broadband-account broadband login-name", lambda m: m.pick("059", "010", "0755") + m.digits(8) + m.pick("", "@fttx", "@163.gd"), "宽带账号|宽带上网账号", "broadband_account|pppoe_user|kdzh")
form("cookie", "session-id session cookie session-token session-cookie", lambda m: m.mixed(32, HEX.upper()), "会话标识|Cookie", "JSESSIONID|session_id|PHPSESSID", texts=("Cookie: JSESSIONID={}; Path=/", "Set-Cookie: PHPSESSID={}; HttpOnly", "session_id={} expired=3600", "GET /home HTTP/1.1\nHost: www.huayue.cn\nCookie: lang=zh; sessionid={}\n"))

group("location")
form("address", "address", lambda m: m.address(), "住址|家庭住址|通讯地址", "address|home_address|jtzz|dz", bare=True)
form("coordinates", "coordinates gps geo-coordinates location coordinate", lambda m: f"{m.chance.uniform(22, 40):.6f},{m.chance.uniform(104, 121):.6f}", "经纬度|GPS坐标|坐标", "gps|location|latlng|jwd", lambda v, m: v.replace(",", ", "))
form("coordinates-dms", "coordinates gps geo-coordinates location coordinate", lambda m: mark("", f"北纬{m.chance.randint(20, 45)}°{m.chance.randint(0, 59)}′{m.chance.randint(0, 59)}″", f"，东经{m.chance.randint(100, 122)}°{m.chance.randint(0, 59)}′{m.chance.randint(0, 59)}″"), "坐标|地理位置", "position", lambda v, m: v.replace("北纬", "N").replace("东经", "E").replace("，", " "), bare=True)
form("coordinates-json", "coordinates gps geo-coordinates location coordinate", lambda m: mark("\"lng\": ", f"{m.chance.uniform(104, 121):.6f}", f", \"lat\": {m.chance.uniform(22, 40):.6f}"), "", "", texts=("{{{}}}", "上报位置 {{{}}} 成功", "{{\"user\": 17, {}, \"accuracy\": 35}}"))
form("cell", "cell-id base-station cell-tower", lambda m: mark("LAC=", f"{m.digits(5)},CI={m.digits(8)}"), "基站信息|基站", "cell|base_station", bare=True)

# Secrets
# A key that is found as a key of another kind is found: who reads the finding does the same.
KEYS = ("secret secret-key access-key api-key token generic-secret generic-api-key credential alibaba-access-key alipay-key authorization-header aws-access-key aws-secret-key azure-key chat-webhook chinese-cloud-key cloud-secret-key cloud-token "
        "connection-string credential-url dingtalk-webhook feishu-key gcp-service-account github-token gitlab-token google-api-key jwt mail-service-key model-service-key otp-secret package-registry-token password password-hash private-key "
        "service-key session-cookie signed-url slack-token stripe-key tencent-secret-id twilio-key wechat-app wechat-pay-key wecom-key wifi zhipu-key payment-pin wallet-private-key ")
group("credential")
form("aliyun-key", KEYS + "aliyun-access-key aliyun-key alibaba-access-key aliyun-ak", lambda m: "LTAI" + m.pick("5t", "4G") + m.mixed(18), "阿里云AccessKeyId|AK", "accessKeyId|ALIYUN_AK", bare=True)
form("aliyun-secret", KEYS + "aliyun-secret aliyun-secret-key aliyun-access-secret aliyun-access-key-secret", lambda m: m.mixed(30), "阿里云AccessKeySecret|AccessKeySecret", "accessKeySecret|ALIYUN_ACCESS_KEY_SECRET|access_key_secret")
form("aliyun-sts", KEYS + "aliyun-sts aliyun-sts-key aliyun-access-key aliyun-sts-token", lambda m: "STS." + m.mixed(25), "STS临时凭证|临时AccessKeyId", "sts_access_key_id|AccessKeyId", bare=True)
form("tencent-id", KEYS + "tencent-secret-id tencent-key tencent-cloud-key tencent-secretid", lambda m: "AKID" + m.mixed(32), "腾讯云SecretId|SecretId", "secretId|TENCENTCLOUD_SECRET_ID", bare=True)
form("tencent-secret", KEYS + "tencent-secret-key tencent-secret tencent-cloud-key", lambda m: m.mixed(32), "腾讯云SecretKey|SecretKey", "secretKey|TENCENTCLOUD_SECRET_KEY|tencent_secret_key")
form("huawei-ak", KEYS + "huawei-access-key huawei-key huawei-cloud-key huawei-ak", lambda m: m.mixed(20, UPPER + DIGITS), "华为云AK|华为云访问密钥", "HUAWEICLOUD_SDK_AK|huawei_access_key|hw_ak")
form("huawei-sk", KEYS + "huawei-secret-key huawei-key huawei-cloud-key huawei-sk huawei-secret", lambda m: m.mixed(40), "华为云SK|华为云Secret Access Key", "HUAWEICLOUD_SDK_SK|huawei_secret_key|hw_sk")
form("baidu-ak", KEYS + "baidu-access-key baidu-key baidu-cloud-key baidu-ak", lambda m: m.pick("ALTAK" + m.mixed(21), m.mixed(32, HEX)), "百度智能云AK|百度云AccessKey", "BAIDU_ACCESS_KEY|bce_access_key_id|baidu_ak")
form("baidu-sk", KEYS + "baidu-secret-key baidu-key baidu-cloud-key baidu-sk baidu-secret", lambda m: m.mixed(32, HEX), "百度智能云SK|百度云SecretKey", "BAIDU_SECRET_KEY|bce_secret_access_key|baidu_sk")
form("volcengine", KEYS + "volcengine-access-key volcengine-key volcengine-ak volcengine", lambda m: "AKLT" + m.mixed(43), "火山引擎AccessKey|火山引擎AK", "VOLC_ACCESSKEY|volcengine_ak", bare=True)
form("volcengine-secret", KEYS + "volcengine-secret-key volcengine-key volcengine-secret volcengine volcengine-sk", lambda m: base64.b64encode(m.of(HEX, 40).encode()).decode(), "火山引擎SecretKey|火山SK", "VOLC_SECRETKEY|volcengine_secret_key")
form("kingsoft", KEYS + "kingsoft-access-key kingsoft-key volcengine-access-key volcengine-key volcengine", lambda m: "AKLT" + m.mixed(22), "金山云AccessKey|金山云AK", "KS3_ACCESS_KEY|ksyun_ak")
form("jd-cloud", KEYS + "jdcloud-access-key jd-cloud-key jd-key jdcloud-key jd-access-key", lambda m: "JDC_" + m.mixed(28, UPPER + DIGITS), "京东云AccessKey|京东云AK", "JDCLOUD_ACCESS_KEY|jd_access_key", bare=True)
form("qiniu", KEYS + "qiniu-key qiniu-access-key", lambda m: m.mixed(40, WORDS + "-_"), "七牛AccessKey|七牛云AK", "QINIU_ACCESS_KEY|qiniu_ak")
form("qiniu-secret", KEYS + "qiniu-key qiniu-secret-key", lambda m: m.mixed(40, WORDS + "-_"), "七牛SecretKey|七牛云SK", "QINIU_SECRET_KEY|qiniu_sk")
form("ucloud", KEYS + "ucloud-key ucloud-public-key", lambda m: m.mixed(44, WORDS), "UCloud公钥|UCloud私钥", "UCLOUD_PUBLIC_KEY|UCLOUD_PRIVATE_KEY")
form("dashscope", KEYS + "dashscope-key dashscope openai-key deepseek-key llm-key sk-key moonshot-key", lambda m: "sk-" + m.mixed(32, HEX), "通义千问API Key|百炼API-KEY", "DASHSCOPE_API_KEY|dashscope_key", bare=True)
form("deepseek", KEYS + "deepseek-key deepseek openai-key dashscope-key llm-key sk-key moonshot-key", lambda m: "sk-" + m.mixed(32, HEX), "DeepSeek密钥|DeepSeek API Key", "DEEPSEEK_API_KEY|deepseek_key", bare=True)
form("moonshot", KEYS + "moonshot-key moonshot openai-key kimi-key llm-key sk-key deepseek-key siliconflow-key", lambda m: "sk-" + m.mixed(48), "月之暗面API Key|Kimi密钥", "MOONSHOT_API_KEY|kimi_api_key", bare=True)
form("siliconflow", KEYS + "siliconflow-key siliconflow openai-key llm-key sk-key moonshot-key", lambda m: "sk-" + m.of(LOWER, 48), "硅基流动API密钥|硅基流动", "SILICONFLOW_API_KEY|siliconflow_key")
form("zhipu", KEYS + "zhipu-key zhipu llm-key zhipuai-key", lambda m: m.mixed(32, HEX) + "." + m.mixed(16), "智谱API Key|智谱AI密钥", "ZHIPUAI_API_KEY|zhipu_key", bare=True)
form("minimax", KEYS + "minimax-key jwt llm-key", lambda m: m.jwt(), "MiniMax API Key|海螺密钥", "MINIMAX_API_KEY|minimax_key", bare=True)
form("baidu-map", KEYS + "map-key baidu-map-key baidu-map baidu-key", lambda m: m.mixed(32), "百度地图AK|百度地图密钥", "baidu_map_ak|BMAP_AK")
form("amap", KEYS + "map-key amap-key amap", lambda m: m.mixed(32, HEX), "高德地图Key|高德Key", "amap_key|AMAP_KEY")
form("wechat-appid", KEYS + "wechat-appid wechat-app-id wechat app-id", lambda m: "wx" + m.mixed(16, HEX), "微信AppID|小程序AppID", "appid|wx_appid", bare=True)
form("wechat-secret", KEYS + "wechat-appsecret wechat-app-secret wechat-secret app-secret", lambda m: m.mixed(32, HEX), "微信AppSecret|小程序AppSecret", "appsecret|wx_app_secret")
form("wechat-pay-key", KEYS + "wechat-pay-key wechat-pay", lambda m: m.mixed(32), "微信支付APIv3密钥|商户API密钥", "wxpay_apiv3_key|mch_api_key")
form("wecom-corp", KEYS + "wecom-corp-id wecom wecom-corpid wecom-id", lambda m: "ww" + m.mixed(16, HEX), "企业微信企业ID|企业微信CorpID", "corpid|wecom_corp_id")
form("wecom-secret", KEYS + "wecom-secret wecom", lambda m: m.mixed(43, WORDS + "-_"), "企业微信Secret|企业微信应用Secret", "corpsecret|wecom_secret")
form("wecom-webhook", KEYS + "wecom-webhook webhook wecom url", lambda m: m.uuid(), "企业微信机器人", "webhook", texts=("企业微信机器人地址：https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={}", "WEBHOOK=https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={}", "curl 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={}' -d @msg.json"))
form("dingtalk-key", KEYS + "dingtalk-app-key dingtalk-key dingtalk-appkey dingtalk", lambda m: "ding" + m.mixed(16, LOWER + DIGITS), "钉钉AppKey|钉钉应用AppKey", "dingtalk_appkey|DING_APP_KEY", bare=True)
form("dingtalk-secret", KEYS + "dingtalk-secret dingtalk-app-secret dingtalk", lambda m: m.mixed(64, WORDS + "-_"), "钉钉AppSecret|钉钉应用密钥", "dingtalk_appsecret|DING_APP_SECRET")
form("dingtalk-webhook", KEYS + "dingtalk-webhook webhook dingtalk url dingtalk-token", lambda m: m.mixed(64, HEX), "钉钉机器人", "webhook", texts=("钉钉机器人：https://oapi.dingtalk.com/robot/send?access_token={}", "url: \"https://oapi.dingtalk.com/robot/send?access_token={}\"", "curl 'https://oapi.dingtalk.com/robot/send?access_token={}' -H 'Content-Type: application/json'"))
form("dingtalk-sign", KEYS + "dingtalk-secret dingtalk webhook dingtalk-sign", lambda m: "SEC" + m.mixed(64, HEX), "钉钉加签密钥|机器人加签", "ding_secret|robot_sign", bare=True)
form("feishu-app", KEYS + "feishu-app-id feishu-key feishu lark", lambda m: "cli_" + m.mixed(16, LOWER + DIGITS), "飞书App ID|飞书应用ID", "feishu_app_id|LARK_APP_ID", bare=True)
form("feishu-secret", KEYS + "feishu-secret feishu-app-secret feishu lark", lambda m: m.mixed(32), "飞书App Secret|飞书应用密钥", "feishu_app_secret|LARK_APP_SECRET")
form("feishu-webhook", KEYS + "feishu-webhook webhook feishu url lark", lambda m: m.uuid(), "飞书机器人", "webhook", texts=("飞书机器人：https://open.feishu.cn/open-apis/bot/v2/hook/{}", "webhook: https://open.feishu.cn/open-apis/bot/v2/hook/{}", "curl -X POST https://open.feishu.cn/open-apis/bot/v2/hook/{} -d @card.json"))
form("gitee", KEYS + "gitee-token gitee", lambda m: m.mixed(32, HEX), "Gitee私人令牌|码云令牌", "gitee_token|GITEE_ACCESS_TOKEN")
form("aws-key", KEYS + "aws-access-key aws-key aws-access-key-id", lambda m: m.pick("AKIA", "ASIA") + m.mixed(16, UPPER + "234567"), "AWS访问密钥|AWS Access Key", "aws_access_key_id|AWS_ACCESS_KEY_ID", bare=True)
form("aws-secret", KEYS + "aws-secret-key aws-secret aws-key aws-secret-access-key", lambda m: m.mixed(40, WORDS + "/+"), "AWS私有密钥|AWS Secret", "aws_secret_access_key|AWS_SECRET_ACCESS_KEY")
form("github", KEYS + "github-token github", lambda m: (lambda body: m.pick("ghp_", "gho_", "ghs_") + body + checks.github(body))(m.mixed(30)), "GitHub令牌|GitHub Token", "GITHUB_TOKEN|gh_token", bare=True)
form("github-fine", KEYS + "github-token github github-fine-grained-token", lambda m: "github_pat_" + m.mixed(22) + "_" + m.mixed(59), "GitHub细粒度令牌|GitHub PAT", "GITHUB_PAT|gh_pat", bare=True)
form("gitlab", KEYS + "gitlab-token gitlab", lambda m: "glpat-" + m.mixed(20, WORDS + "-_"), "GitLab令牌|GitLab访问令牌", "GITLAB_TOKEN|gitlab_pat", bare=True)
form("google", KEYS + "google-api-key google-key google", lambda m: "AIza" + m.mixed(35, WORDS + "-_"), "谷歌API密钥|Google API Key", "GOOGLE_API_KEY|gmap_key", bare=True)
form("openai", KEYS + "openai-key openai llm-key sk-key", lambda m: "sk-proj-" + m.mixed(74, WORDS + "-_") + "T3BlbkFJ" + m.mixed(74, WORDS + "-_"), "OpenAI密钥|OpenAI API Key", "OPENAI_API_KEY|openai_key", bare=True)
form("anthropic", KEYS + "anthropic-key anthropic llm-key", lambda m: "sk-ant-api03-" + m.mixed(93, WORDS + "-_") + "AA", "Anthropic密钥|Claude API Key", "ANTHROPIC_API_KEY|claude_key", bare=True)
form("huggingface", KEYS + "huggingface-token huggingface hf-token", lambda m: "hf_" + m.of(UPPER + LOWER, 34), "HuggingFace令牌|HF Token", "HF_TOKEN|huggingface_token", bare=True)
form("slack", KEYS + "slack-token slack", lambda m: f"xoxb-{m.digits(12)}-{m.digits(13)}-{m.mixed(24)}", "Slack令牌|Slack Bot Token", "SLACK_BOT_TOKEN|slack_token", bare=True)
form("stripe", KEYS + "stripe-key stripe stripe-secret-key", lambda m: "sk_live_" + m.mixed(24), "Stripe密钥|Stripe Secret Key", "STRIPE_SECRET_KEY|stripe_key", bare=True)
form("npm", KEYS + "npm-token npm", lambda m: (lambda body: "npm_" + body + checks.github(body))(m.mixed(30)), "npm令牌|NPM Token", "NPM_TOKEN|npm_auth", bare=True)
form("pypi", KEYS + "pypi-token pypi", lambda m: "pypi-AgEIcHlwaS5vcmc" + m.mixed(80, WORDS + "-_"), "PyPI令牌|PyPI Token", "PYPI_TOKEN|twine_password", bare=True)
form("docker", KEYS + "docker-token docker docker-hub-token dockerhub-token", lambda m: "dckr_pat_" + m.mixed(27, WORDS + "-_"), "Docker Hub令牌|镜像仓库令牌", "DOCKER_PAT|dockerhub_token", bare=True)
form("sendgrid", KEYS + "sendgrid-key sendgrid", lambda m: "SG." + m.mixed(22, WORDS + "-_") + "." + m.mixed(43, WORDS + "-_"), "SendGrid密钥|邮件网关密钥", "SENDGRID_API_KEY|sendgrid", bare=True)
form("azure-storage", KEYS + "azure-storage-key azure-key azure-storage azure connection-string", lambda m: base64.b64encode(m.chance.randbytes(64)).decode(), "Azure存储密钥", "AccountKey", texts=("DefaultEndpointsProtocol=https;AccountName=huayuestore;AccountKey={};EndpointSuffix=core.windows.net", "Azure存储账户密钥 AccountKey={}", "AZURE_STORAGE_KEY={}"))
form("jwt", KEYS + "jwt", lambda m: m.jwt(), "令牌|JWT", "token|jwt|id_token", lambda v, m: mark("Bearer ", v), bare=True)
form("bearer", KEYS + "bearer-token bearer authorization authorization-header", lambda m: m.mixed(40), "授权头", "Authorization", texts=("Authorization: Bearer {}", "curl -H \"Authorization: Bearer {}\" https://api.huayue.cn/v1/users", "{{\"Authorization\": \"Bearer {}\"}}"))
form("basic", KEYS + "basic-auth basic authorization authorization-header password", lambda m: base64.b64encode(f"admin:{m.password()}".encode()).decode(), "基本认证", "Authorization", texts=("Authorization: Basic {}", "curl -H 'Authorization: Basic {}' http://10.2.3.4/api", "headers = {{\"Authorization\": \"Basic {}\"}}"))
form("private-key", KEYS + "private-key pem-private-key", lambda m: m.pem(m.pick("RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY")), "", "", bare=True, texts=("{}", "证书私钥如下：\n{}\n请妥善保管", "cat server.key\n{}\n"))
form("private-key-ssh", KEYS + "private-key ssh-private-key pem-private-key openssh-private-key", lambda m: m.pem("OPENSSH PRIVATE KEY"), "", "", bare=True, texts=("{}", "id_rsa 内容：\n{}\n", "# deploy key\n{}"))
form("private-key-encrypted", KEYS + "private-key pem-private-key encrypted-private-key", lambda m: m.pem("ENCRYPTED PRIVATE KEY"), "", "", bare=True, texts=("{}", "加密私钥：\n{}\n", "ssl_key:\n{}"))
form("private-key-pgp", KEYS + "private-key pgp-private-key pem-private-key", lambda m: m.pem("PGP PRIVATE KEY BLOCK"), "", "", bare=True, texts=("{}", "gpg 导出：\n{}\n", "backup of key\n{}"))
form("sm2-private", KEYS + "sm2-private-key private-key sm2-key hex-private-key", lambda m: m.mixed(64, HEX), "SM2私钥|国密私钥", "sm2_private_key|sm2PrivateKey")
form("password", KEYS + "password", lambda m: m.password(), "密码|登录密码|初始密码|口令", "password|passwd|pwd|mm")
form("password-url", KEYS + "password connection-string database-url url-credentials url-password db-connection-string url-with-credentials", lambda m: m.mixed(12), "数据库连接串", "DATABASE_URL", texts=("DATABASE_URL=mysql://root:{}@10.2.0.15:3306/crm", "数据库连接串：postgresql://app:{}@db.huayue.cn/orders", "spring.redis.url=redis://:{}@192.168.3.7:6379/0", "mongodb://admin:{}@10.0.0.8:27017/admin"))
form("password-jdbc", KEYS + "password connection-string database-url db-connection-string jdbc url-credentials", lambda m: m.mixed(12), "连接串", "jdbc", texts=("jdbc:mysql://10.1.1.8:3306/crm?user=root&password={}", "Server=10.2.3.4;Database=hr;User Id=sa;Password={};", "jdbc.url=jdbc:oracle:thin:@10.3.3.3:1521:orcl\njdbc.password={}"))
form("password-shadow", KEYS + "password-hash shadow password unix-password-hash", lambda m: f"$6${m.mixed(8)}${m.mixed(86, WORDS + './')}", "密码散列|shadow", "password_hash|pwd_hash", bare=True)
form("password-bcrypt", KEYS + "password-hash password bcrypt bcrypt-hash", lambda m: f"$2{m.pick('a', 'b', 'y')}$1{m.of('012', 1)}${m.mixed(53, WORDS + './')}", "密码哈希|密码散列值", "password_hash|bcrypt", bare=True)
form("wifi", KEYS + "password wifi-password", lambda m: m.pick("hello", "office", "Xm") + m.of(DIGITS, 6), "WiFi密码|无线密码", "wifi_password|wlan_psk")
form("one-time", KEYS + "verification-code otp one-time-code sms-code", lambda m: m.digits(6), "短信验证码|验证码|动态口令", "verify_code|sms_code|otp")
form("pin", KEYS + "pin password payment-password pin-code bank-pin", lambda m: m.digits(6), "支付密码|取款密码|交易密码", "pay_password|atm_pin|trade_pwd")
form("totp", KEYS + "otp-secret totp-secret totp otpauth", lambda m: m.of(UPPER + "234567", 32), "动态令牌种子", "totp_secret", texts=("otpauth://totp/huayue:admin?secret={}&issuer=huayue", "totp_secret={}", "二次验证密钥：{}，请勿外传"))
form("app-secret", KEYS + "app-secret client-secret oauth-client-secret", lambda m: m.mixed(32), "应用密钥|客户端密钥|app密钥", "app_secret|client_secret|appSecret")
form("api-key", KEYS + "api-key", lambda m: m.mixed(32), "接口密钥|API密钥|API Key", "api_key|apikey|X-API-Key")
form("encryption-key", KEYS + "encryption-key aes-key symmetric-key sm4-key", lambda m: m.mixed(32, HEX), "SM4密钥|加密密钥|AES密钥", "aes_key|sm4_key|encrypt_key")
form("license", KEYS + "license-key product-key software-license activation-code", lambda m: "-".join(m.mixed(5, UPPER + DIGITS) for _ in range(5)), "激活码|产品密钥|授权码", "license_key|product_key|serial_key")

group("wallet")
form("bitcoin", "bitcoin bitcoin-address btc-address crypto-wallet", lambda m: checks.base58(b"\x00" + m.chance.randbytes(20)), "比特币地址|BTC钱包地址", "btc_address|wallet", bare=True)
form("bitcoin-bech32", "bitcoin bitcoin-address btc-address crypto-wallet bech32-address", lambda m: checks.bech32("bc", 0, m.chance.randbytes(20)), "比特币地址|收款地址", "btc_address|wallet_addr", bare=True)
form("ethereum", "ethereum ethereum-address eth-address crypto-wallet", lambda m: "0x" + checks.ethereum(m.of(HEX, 40)), "以太坊地址|ETH地址", "eth_address|wallet", bare=True)
form("tron", "tron tron-address crypto-wallet trx-address", lambda m: m.tron(), "波场地址|USDT收款地址", "trx_address|usdt_address", bare=True)
form("wallet-import", KEYS + "bitcoin-private-key wif wallet-private-key private-key bitcoin-wif crypto-private-key", lambda m: checks.base58(b"\x80" + m.chance.randbytes(32)), "比特币私钥|WIF私钥", "wif|btc_private_key", bare=True)
form("mnemonic", KEYS + "mnemonic bip39 bip39-mnemonic seed-phrase wallet-mnemonic", lambda m: m.mnemonic(), "助记词|钱包助记词", "mnemonic|seed_phrase", bare=True)
form("ethereum-private", KEYS + "ethereum-private-key eth-private-key wallet-private-key private-key hex-private-key crypto-private-key", lambda m: "0x" + m.mixed(64, HEX), "以太坊私钥|钱包私钥", "eth_private_key|private_key")

group("international")
form("us-ssn", "us-ssn ssn", lambda m: f"{m.chance.randint(101, 665)}-{m.chance.randint(10, 99)}-{m.chance.randint(1000, 9999)}", "美国社会安全号|SSN", "ssn|social_security_number", lambda v, m: v.replace("-", " "), bare=True)
form("uk-nino", "uk-nino nino uk-national-insurance", lambda m: m.of("ABCEGHJKLMPRSTWXYZ", 1) + m.of("ABCEGHJKLMPRSTWXYZ", 1).replace("K", "C") + m.of(DIGITS, 6) + m.pick(*"ABCD"), "英国国民保险号", "nino|national_insurance_number", blocks(2, 2), texts=())
form("uk-nhs", "uk-nhs nhs nhs-number", lambda m: m.nhs(), "英国NHS号码", "nhs_number|nhs", blocks(3, 3, 4))
form("india-aadhaar", "india-aadhaar aadhaar in-aadhaar", lambda m: m.aadhaar(), "印度Aadhaar号", "aadhaar|aadhaar_no", blocks(4))
form("india-pan", "india-pan pan in-pan", lambda m: m.of(UPPER, 3) + "P" + m.of(UPPER, 1) + m.of(DIGITS, 4) + m.of(UPPER, 1), "印度PAN卡号", "pan_number|pan_card")
form("korea-rrn", "korea-rrn rrn kr-rrn", lambda m: m.rrn(), "韩国居民登记号", "rrn|korean_rrn", bare=True)
form("japan-my-number", "japan-my-number my-number jp-my-number", lambda m: m.my_number(), "日本个人编号|マイナンバー", "my_number|mynumber", blocks(4))
form("singapore-nric", "singapore-nric nric sg-nric", lambda m: m.nric(), "新加坡身份证号|NRIC", "nric|nric_fin", bare=True)
form("brazil-cpf", "brazil-cpf cpf br-cpf", lambda m: m.cpf(), "巴西CPF", "cpf|cpf_number", bare=True)
form("spain-dni", "spain-dni dni es-dni es-nif", lambda m: m.dni(), "西班牙DNI", "dni|nif")
form("france-insee", "france-insee insee fr-nir france-nir", lambda m: m.insee(), "法国社会保险号", "insee|nir|numero_securite_sociale")
form("germany-tax", "germany-tax-id de-tax-id germany-tax steuer-id", lambda m: m.german_tax(), "德国税号", "steuer_id|tax_id_de|steueridentifikationsnummer")
form("canada-sin", "canada-sin sin ca-sin", lambda m: m.sin(), "加拿大社会保险号", "sin|social_insurance_number", blocks(3, 3, 3))
form("thailand-id", "thailand-id thai-id th-id", lambda m: m.thai(), "泰国身份证号", "thai_id|thai_national_id")
form("turkey-id", "turkey-id tckn turkish-id tr-tckn", lambda m: m.turkish(), "土耳其身份证号", "tckn|tc_kimlik")
form("poland-pesel", "poland-pesel pesel pl-pesel", lambda m: m.pesel(), "波兰PESEL", "pesel|pesel_no")
form("netherlands-bsn", "netherlands-bsn bsn nl-bsn", lambda m: m.bsn(), "荷兰BSN", "bsn|burgerservicenummer")


SENTENCES = ("{label}：{v}", "{label}:{v}", "我的{label}是{v}，请帮忙核对一下。", "请在系统里登记，{label}为{v}。", "【登记表】{label}：{v}；状态：有效", "客户提供的{label} {v} 已经录入。", "{label}（{v}）需要复核", "会议纪要第三条：{label}：{v}，由专人保管。")
FIELDS = (
    '{{"seq": 3, "{field}": "{v}", "ok": true}}', "<record><{field}>{v}</{field}></record>", "{field}={v}", "2024-03-05 10:22:31 INFO [main] save ok, {field}={v}, cost=12ms", "{field}: {v}",
    "INSERT INTO t_info ({field}) VALUES ('{v}');", "seq,{field},status\n17,{v},ok", "| {field} | {v} |", "POST /api/save {field}={v}&lang=zh", "{field}\t{v}")
BARES = ("刚才收到的是 {v}，先放这里。", "{v}", "看一下这个：{v}", "麻烦处理 {v} 谢谢", "ref: {v} done", "第二行写着{v}。")
TABLES = ("{label}\t{v}", "| {label} | {v} |", "{label},备注\n{v},无", "《信息采集表》\n{label}\n{v}", "{label}：\n{v}", "“{label}”：“{v}”")


def put(template, value, label, field):
    """The text and where the value lies in it."""
    before, after = template.split("{v}")
    head, tail = before.format(label=label, field=field), after.format(label=label, field=field)
    if MARK in value:
        first, value, last = value.split(MARK)
        head, tail = head + first, last + tail
    return head + value + tail, len(head), len(head) + len(value)


def writings(form, chance):
    """(name of the writing, text, start, end) for one value of a form, in all its writings."""
    maker = Maker(chance)
    label, field = chance.choice(form.labels), chance.choice(form.fields)
    if form.texts:
        for index, template in enumerate(form.texts):
            yield (f"text-{index + 1}", *put(template.replace("{}", "{v}", 1), form.make(maker), "", ""))
        return
    yield ("label", *put(chance.choice(SENTENCES), form.make(maker), label, field))
    yield ("field", *put(chance.choice(FIELDS), form.make(maker), label, field))
    yield ("table", *put(chance.choice(TABLES), form.make(maker), chance.choice(form.labels), field))
    for index, grouping in enumerate(form.groupings):
        yield (f"grouped-{index + 1}", *put(chance.choice(SENTENCES), grouping(form.make(maker), maker), label, field))
    if form.bare:
        yield ("alone", *put(chance.choice(BARES), form.make(maker), label, field))
