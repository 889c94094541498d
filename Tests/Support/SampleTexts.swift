/// Texts that several rooms' tests read.
public enum SampleTexts {
    /// A sales contract, short and whole.
    public static let contract = """
        车辆买卖协议书
        卖方（以下简称甲方）：李建国
        买方（以下简称乙方）：王芳
        一、甲方将其所有的轿车转让给乙方，价款为人民币86000元。
        二、乙方应于本协议签订之日付清全部价款，逾期按日支付违约金。
        三、双方发生争议的，协商解决，协商不成向人民法院起诉。
        四、本协议一式两份，双方各执一份，签字后生效。
        """
}
