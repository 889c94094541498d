extension Recognizers {
    /// Licenses, permits, filings, accounts and other numbers that their name or their own words tell.
    static let named: [any Recognizer] = [
        // Contact
        BroadbandRecognizer(),
        // Corporate
        AdministrativePenaltyRecognizer(), ClassifiedProtectionRecognizer(), ConstructionPermitRecognizer(), CultureLicenseRecognizer(),
        CustomsDeclarationRecognizer(), CustomsRegistrationRecognizer(), DrugLicenseRecognizer(), IndustryLicenseRecognizer(),
        LaborArbitrationRecognizer(), OfficialDocumentRecognizer(), PoliceCaseRecognizer(), SecretMarkRecognizer(), TaxRegistrationRecognizer(),
        TelecomLicenseRecognizer(), TrademarkRecognizer(),
        // Credential
        LicenseKeyRecognizer(), MapServiceKeyRecognizer(),
        // Finance
        AccountPermitRecognizer(), BankInstrumentRecognizer(), FinancialLicenseRecognizer(), FuturesAccountRecognizer(),
        MembershipCardRecognizer(), MerchantNumberRecognizer(), TaxReceiptRecognizer(), TransportCardRecognizer(), UtilityAccountRecognizer(),
        // Health
        HealthCardRecognizer(), MedicalInstitutionRecognizer(), SpecimenRecognizer(), VaccinationRecognizer(),
        // Identity
        BenefitCardRecognizer(), BorderPermitRecognizer(), DetaineeRecognizer(), ExamTicketRecognizer(), FirearmPermitRecognizer(),
        WorkPermitRecognizer(),
        // Network
        SmartDeviceRecognizer(),
        // Vehicle
        AircraftRecognizer(), AirportPlateRecognizer(), RoadTransportRecognizer(), TrafficCaseRecognizer(), VesselRecognizer(),
    ]

    /// What numbers of trade and machines are called, whatever the type: less than ``numberedThings``, for types whose own names hold 编号, 单号 or 文号.
    static let strangers = [
        "订单", "订单号", "订单编号", "快递", "快递单号", "运单", "运单号", "物流单号", "工单", "流水号", "版本", "版本号", "批次", "批号", "货号", "条码", "型号", "规格", "料号", "物料编码",
        "时间戳", "毫秒", "哈希", "校验和", "order", "order id", "order no", "tracking", "tracking no", "shipment", "parcel", "waybill", "version", "batch", "lot", "sku",
        "barcode", "part no", "model", "trace id", "request id", "uuid", "hash", "sha256", "md5", "checksum", "commit", "timestamp",
    ]
}
