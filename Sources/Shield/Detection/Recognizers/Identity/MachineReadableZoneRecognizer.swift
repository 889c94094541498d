/// Machine-readable zones of travel documents, ICAO 9303 parts 3 to 5: lines of 30, 36 or 44 characters with check digits of weights 7 3 1.
struct MachineReadableZoneRecognizer: Recognizer {
    let card = TypeCard("machine-readable-zone", zh: "证件机读码", en: "Machine-readable zone", .identity)
    let rules: [Rule] = [
        .word("[A-Z0-9<]{9}[0-9][A-Z<]{3}[0-9]{6}[0-9][MFX<][0-9]{6}[0-9][A-Z0-9<]{8,16}", 0.3, isBounded: false) { match in
            let bytes = Array(match.bytes)
            let isRight = [0..<10, 13..<20, 21..<28].allSatisfy { Checksums.isTravelDocumentField(bytes[$0]) }
            return .when(isRight && (bytes.count == 36 || bytes.count == 44), 0.97, "three check digits of a travel document")
        },
        .literal(
            ["P<CH", "P<HK", "P<TW", "P<US", "P<GB", "POCHN", "PECHN", "PSCHN", "PDCHN", "P<JP", "P<KO", "P<FR", "P<D<", "P<CA", "P<AU", "P<SG", "P<MY",
                "P<IN", "P<IT", "P<ES", "P<RU", "V<CH", "VNCH", "I<CH", "P<MA", "CSCHN", "CRCHN"],
            "[PVIC][A-Z<][A-Z<]{3}[A-Z<]{25,39}", 0.85, isBounded: false) { match in
                .when([30, 36, 44].contains(match.range.count) && match.isMachineReadable, 0.85, "first line of a machine-readable zone",
                    otherwise: "not the length of a machine-readable line")
            },
    ]
    let labels = ["机读码", "机读区", "mrz", "machine readable zone"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [
            ("机读码 E123456782CHN8506128F2906117<<<<<<<<<<<<<<00", "E123456782CHN8506128F2906117<<<<<<<<<<<<<<00"),
                ("MRZ: POCHNZHANG<<XIAOMING<<<<<<<<<<<<<<<<<<<<<<<<", "POCHNZHANG<<XIAOMING<<<<<<<<<<<<<<<<<<<<<<<<"),
        ],
        negative: ["E123456789CHN8506120F2906110<<<<<<<<<<<<<<00", "P<CHN<", "a<b && c<d"])
}

extension Match {
    /// Whether two fillers in a row stand in it, as between surname and given names.
    fileprivate var isMachineReadable: Bool { zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "<") && $1 == UInt8(ascii: "<") } }
}
