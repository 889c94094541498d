/// Numbers of images, examinations, specimens and pathology, after their name.
struct ImagingRecognizer: Recognizer {
    let card = TypeCard("imaging-number", zh: "检查号", en: "Imaging and examination number", .health)
    let rules: [Rule] = [.code(4...28, 0.86)]
    let labels = ["影像号", "影像编号", "检查编号", "检查单号", "检查号", "检验单号", "检验号", "化验单号", "标本编号", "标本号", "样本编号", "病理号", "病理编号", "放射号", "超声号", "内镜号", "ct号", "x光号",
        "mri号", "核磁号", "心电号", "imaging no", "accession number", "accession no", "exam id", "radiology no", "specimen id", "pathology no", "study id", "yxh",
        "jch", "jydh", "blihao"]
    let negativeContext = ["订单", "快递", "版本", "order", "tracking", "version"]
    let fixtures = RecognizerFixtures(positive: [("影像号：CT20230012345", "CT20230012345"), ("accession_number: XR00981234", "XR00981234")],
        negative: ["检查号缺失", "CT20230012345", "检查 3 项"])
}
