import Core
import Foundation
import Support
import Testing

@testable import Detection

@Suite struct DocumentClassTests {
    static let weights = FileManager.default.contents(atPath: "\(Repository.root)/Demos/detection/document-classes.bin").map { Array($0) } ?? []

    /// Texts written for these tests, of no template that the weights were learned from.
    static let samples: [(DocumentClass, String)] = [
        (.medicalRecord, """
            患者男性，58岁，因反复胸闷气促3年、加重1周入院。既往高血压病史10年，否认药物过敏史。查体：血压150/95mmHg，双肺呼吸音粗，可闻及湿啰音，心率96次/分，腹软，无压痛。
            心电图示ST段改变，考虑冠心病。予阿司匹林、阿托伐他汀口服，呋塞米20mg静脉注射，病情好转。
            """),
        (.medicalRecord, """
            The patient is a 67-year-old woman with a history of hypertension and diabetes who presented with shortness of breath.
            On exam, lungs with bilateral crackles. Chest x-ray showed a small effusion. She was started on furosemide 40 mg IV with good effect and \
            discharged on lisinopril 10 mg daily.
            """),
        (.contract, SampleTexts.contract),
        (.contract, """
            SOFTWARE LICENSE AGREEMENT
            This Agreement is made by and between Alder Systems Inc. ("Licensor") and Brook Ltd. ("Licensee").
            1. Licensor hereby grants Licensee a non-exclusive license.
            2. Licensee shall pay the fees within 30 days of invoice.
            3. This Agreement shall be governed by the laws of Ireland. Either party may terminate upon written notice of material breach.
            """),
        (.payroll, """
            2024年5月工资发放表
            姓名\t部门\t基本工资\t绩效工资\t扣社保\t扣公积金\t个税\t实发工资
            赵敏\t销售部\t6500.00\t2300.00\t682.50\t455.00\t31.20\t7631.30
            孙浩\t研发部\t12000.00\t4000.00\t1260.00\t840.00\t285.00\t13615.00
            周婷\t行政部\t5600.00\t900.00\t588.00\t392.00\t0.00\t5520.00
            """),
        (.payroll, """
            name,employee_no,gross_pay,federal_tax,pension,net_pay
            Alice Moore,10442,5200.00,780.00,260.00,4160.00
            Brian Hall,10443,4800.00,720.00,240.00,3840.00
            Carla Diaz,10447,6100.00,915.00,305.00,4880.00
            """),
        (.sourceCode, """
            import os

            def walk(root):
                # 遍历目录
                for name in os.listdir(root):
                    path = os.path.join(root, name)
                    if os.path.isdir(path):
                        yield from walk(path)
                    else:
                        yield path

            """),
        (.sourceCode, """
            #include <stdio.h>

            static int add(int a, int b) {
                return a + b;
            }

            int main(void) {
                printf("%d\\n", add(1, 2));
                return 0;
            }

            """),
        (.credentials, """
            生产环境账号
            数据库 用户名：dbadmin 密码：Qw7#kP2x
            后台管理 用户名：root 密码：Zx9!mN4v
            跳板机 10.2.3.4 用户名：ops 密码：Lk8@hT5c
            """),
        (.credentials, """
            DB_HOST=db.internal
            DB_PASSWORD=xK29fLq8Zt
            JWT_SECRET=8f3kd02ldkf93kfls02kdlf
            STRIPE_KEY=sk_test_4eC39HqLyjWDarj
            SMTP_PASS=Wr7tYp2Q

            """),
        (.personalArchive, """
            个人履历表
            姓名：陈晓东　性别：男　出生日期：1985年3月2日　民族：汉族
            籍贯：湖南长沙　政治面貌：中共党员　学历：本科
            2003年9月至2007年6月 湖南大学 学习
            2007年7月至2015年4月 长沙市第三中学 教师
            2015年5月至今 长沙市教育局 科长
            家庭成员：妻子 刘娟 长沙市中心医院 护士
            """),
        (.personalArchive, """
            Resume
            Helen Carter
            12 Elm Street, Leeds | helen.carter@example.com
            Date of birth: 4 May 1988   Nationality: British
            WORK EXPERIENCE
            2015 - 2022  Accountant, Field & Sons, Leeds. Managed budgets and a team of four.
            EDUCATION
            2010  BSc in Economics, University of Leeds
            """),
        (.networkConfiguration, """
            #
             sysname 汇聚交换机
            #
            vlan batch 10 20 30
            #
            interface Vlanif10
             description 财务办公网
             ip address 192.168.10.1 255.255.255.0
            #
            interface GigabitEthernet0/0/1
             port link-type access
             port default vlan 10
            #
            ip route-static 0.0.0.0 0.0.0.0 10.0.0.1
            #
            return
            """),
        (.networkConfiguration, """
            hostname edge1
            !
            interface GigabitEthernet0/1
             ip address 10.1.1.1 255.255.255.0
             no shutdown
            !
            router bgp 65001
             neighbor 10.1.1.2 remote-as 65002
            !
            ip route 0.0.0.0 0.0.0.0 10.1.1.254
            access-list 10 permit 10.0.0.0 0.0.0.255

            """),
        (.other, """
            昨天和家人一起去了西湖，天气很好，游人不少。中午在湖边的小店吃了面，味道一般，但风景真的很美。下午坐船去了湖心岛，拍了很多照片，晚上坐高铁回家。
            """),
        (.other, """
            The storm moved slowly along the coast on Tuesday, and many villages lost power. Officials said that roads would stay closed until the \
            weekend. Local volunteers brought food and blankets to the school, where about two hundred people spent the night.
            """),
    ]

    static func classifier() throws -> DocumentClassifier { try DocumentClassifier(weights: weights) }

    @Test(arguments: samples.indices) func aTextIsOfItsClass(index: Int) throws {
        let (expected, text) = Self.samples[index]
        let findings = try Detector().detect(text).findings
        let classes = try Self.classifier().classes(of: Array(text.utf8), findings: findings)
        #expect(classes.first?.class == expected)
        #expect(classes.count == DocumentClass.allCases.count)
        #expect(abs(classes.reduce(0) { $0 + $1.probability } - 1) < 1e-9)
        #expect(zip(classes, classes.dropFirst()).allSatisfy { $0.probability >= $1.probability })
    }

    @Test func damagedWeightsAreRefused() throws {
        try #require(!Self.weights.isEmpty)
        #expect(throws: Fault.self) { try DocumentClassifier(weights: []) }
        #expect(throws: Fault.self) { try DocumentClassifier(weights: Self.weights.dropLast()) }
        #expect(throws: Fault.self) { try DocumentClassifier(weights: Self.weights + [0]) }
        for place in stride(from: 0, to: Self.weights.count, by: 9_973) {
            var damaged = Self.weights
            damaged[place] ^= 0x10
            #expect(throws: Fault.self) { try DocumentClassifier(weights: damaged) }
        }
    }

    @Test func numbersThatAreNoneAreRefusedThoughTheChecksumFits() throws {
        var weights = Self.weights
        try #require(weights.count > 16)
        weights.replaceSubrange(8..<12, with: [0, 0, 0xC0, 0x7F])
        var sum: UInt32 = 2_166_136_261
        for byte in weights.dropLast(4) { sum = (sum ^ UInt32(byte)) &* 16_777_619 }
        weights.replaceSubrange(weights.count - 4..<weights.count, with: (0..<4).map { UInt8(truncatingIfNeeded: sum >> UInt32(8 * $0)) })
        #expect(throws: Fault.self) { try DocumentClassifier(weights: weights) }
    }

    @Test func emptyTextIsOther() throws {
        for text in ["", " \n\t\r\n"] { #expect(try Self.classifier().classes(of: Array(text.utf8), findings: []).first?.class == .other) }
    }

    /// Any bytes have an answer: probabilities, whatever is cut in a character's middle.
    @Test(arguments: 0..<30) func anyBytesHaveAnAnswer(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let bytes = (0..<Int.random(in: 1...3_000, using: &random)).map { _ in UInt8.random(in: seed % 2 == 0 ? 0...255 : 0xE0...0xEF, using: &random) }
        let classes = try Self.classifier().classes(of: bytes, findings: [])
        #expect(classes.allSatisfy { $0.probability.isFinite && $0.probability >= 0 })
        #expect(abs(classes.reduce(0) { $0 + $1.probability } - 1) < 1e-9)
    }

    /// What lies between the pieces that are read changes nothing; what lies in one does.
    @Test func longTextsAreReadInPieces() {
        let length = 1 << 20
        let text = [UInt8](repeating: 0x61, count: length)
        func values(_ text: [UInt8]) -> [Float] { DocumentFeatures(text, findings: []).values.map(\.value) }
        let plain = values(text)
        var between = text, front = text, last = text
        between.replaceSubrange(70_000..<70_010, with: Array("(1) {2} ;;".utf8))
        front.replaceSubrange(100..<110, with: Array("(1) {2} ;;".utf8))
        last.replaceSubrange(length - 20..<length - 10, with: Array("(1) {2} ;;".utf8))
        #expect(values(between) == plain)
        #expect(values(front) != plain)
        #expect(values(last) != plain)
    }

    @Test func titlesAreInBothLanguages() {
        #expect(Set(DocumentClass.allCases.map(\.titleZH)).count == 8)
        #expect(Set(DocumentClass.allCases.map(\.titleEN)).count == 8)
    }
}
