/// Numbers of images, examinations, specimens and pathology, after their name.
struct ImagingRecognizer: Recognizer {
    let card = TypeCard("imaging-number", zh: "检查号", en: "Imaging and examination number", .health)
    let rules: [Rule] = [.code(4...28, 0.86),
        .spread(8...24),
    ]
    let labels = [
        "检查流水号", "检查申请单号", "检查单编号", "检查报告号", "检查报告编号", "影像编码", "影像检查号", "放射编号", "放射检查号", "ct编号", "mr号", "mr编号", "mri编号", "核磁共振号", "dr号",
        "dr编号", "x线号", "超声编号", "b超号", "b超编号", "彩超号", "内镜编号", "胃镜号", "肠镜号", "病理编码", "病理检查号", "病理标本号", "心电图号", "心电编号", "脑电号", "肺功能号",
        "检查登记号", "医嘱号", "医嘱编号", "手术编号", "手术号", "手术申请单号", "麻醉单号", "输血单号", "护理单号", "exam no", "exam number", "examination no",
        "imaging id", "accession", "accession id", "study no", "study uid", "report no", "report number", "radiology id", "ris no",
        "pacs id", "lis no", "surgery no", "operation no", "pathology number", "jcdh", "jcbh", "yxbh", "yzh",
        "ssbh", "fsh", "csh", "blh no",
        "影像号", "影像编号", "检查编号", "检查单号", "检查号", "检验单号", "检验号", "化验单号", "标本编号", "标本号", "样本编号", "病理号", "病理编号", "放射号", "超声号", "内镜号", "ct号", "x光号",
        "mri号", "核磁号", "心电号", "imaging no", "accession number", "accession no", "exam id", "radiology no", "specimen id", "pathology no", "study id", "yxh",
        "jch", "jydh", "blihao"]
    let negativeContext = ["订单", "快递", "版本", "order", "tracking", "version"]
    let fixtures = RecognizerFixtures(positive: [("影像号：CT20230012345", "CT20230012345"), ("accession_number: XR00981234", "XR00981234")],
        negative: ["检查号缺失", "CT20230012345", "检查 3 项"])
}
