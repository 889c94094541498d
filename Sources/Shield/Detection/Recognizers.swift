/// The recognizers of this version.
public enum Recognizers {
    public static let all: [any Recognizer] = first + named

    private static let first: [any Recognizer] = [
        // Personal
        AgeRecognizer(), BiometricRecognizer(), CriminalRecordRecognizer(), DateOfBirthRecognizer(), EducationRecognizer(), EmployerRecognizer(),
        EthnicityRecognizer(), FamilyMemberRecognizer(), GenderRecognizer(), JobTitleRecognizer(), LoginNameRecognizer(), MaritalStatusRecognizer(),
        NationalityRecognizer(), PersonNameRecognizer(), PersonRecognizer(), PoliticalStatusRecognizer(), ReligionRecognizer(), AddressRecognizer(),
        EmailRecognizer(),
        // Identity
        BirthCertificateRecognizer(), DegreeCertificateRecognizer(), DiplomaRecognizer(), DisabilityCertificateRecognizer(),
        DriverFileNumberRecognizer(), EmployeeNumberRecognizer(), ForeignPermanentResidentRecognizer(), HomeReturnPermitRecognizer(),
        HongKongIDRecognizer(), HongKongPassportRecognizer(), HouseholdRegisterRecognizer(), LawyerLicenseRecognizer(), MacauIDRecognizer(),
        MacauPassportRecognizer(), MachineReadableZoneRecognizer(), MarriageCertificateRecognizer(), MilitaryIDRecognizer(),
        NurseLicenseRecognizer(), OfficialPassportRecognizer(), PartyMemberRecognizer(), PassportRecognizer(), PharmacistLicenseRecognizer(),
        PhysicianLicenseRecognizer(), PoliceIDRecognizer(), ProfessionalCertificateRecognizer(), ResidencePermitHMTRecognizer(),
        ResidencePermitRecognizer(), ResidentIDRecognizer(), SchoolRegisterRecognizer(), SeamanBookRecognizer(), SocialSecurityCardRecognizer(),
        StudentNumberRecognizer(), TaiwanCompatriotPermitRecognizer(), TaiwanEntryPermitRecognizer(), TaiwanIDRecognizer(),
        TaiwanPassportRecognizer(), TeacherCertificateRecognizer(), TravelPermitRecognizer(), VisaRecognizer(),
        // Contact
        AlipayAccountRecognizer(), DingTalkRecognizer(), FaxRecognizer(), FeishuOpenIDRecognizer(), InternationalPhoneRecognizer(),
        LandlineRecognizer(), MessengerHandleRecognizer(), MobileRecognizer(), PostalCodeRecognizer(), QQRecognizer(), ServiceNumberRecognizer(),
        SocialAccountRecognizer(), WeChatOpenIDRecognizer(), WeChatRecognizer(),
        // Finance
        AccountBalanceRecognizer(), BankCardRecognizer(), BankCodeRecognizer(), CardExpiryRecognizer(), CardSecurityCodeRecognizer(),
        CorporateAccountRecognizer(), CreditReportRecognizer(), DigitalInvoiceRecognizer(), DigitalYuanRecognizer(), FundAccountRecognizer(),
        HousingFundRecognizer(), IBANRecognizer(), InsurancePolicyRecognizer(), InvoiceCodeRecognizer(), LoanContractRecognizer(),
        PaymentPINRecognizer(), PaymentTransactionRecognizer(), SalaryRecognizer(), SecuritiesAccountRecognizer(), SwiftRecognizer(),
        TaxNumberRecognizer(),
        // Vehicle
        DiplomaticPlateRecognizer(), EngineNumberRecognizer(), MilitaryPlateRecognizer(), PlateRecognizer(), PolicePlateRecognizer(),
        RegionalPlateRecognizer(), VINRecognizer(), VehicleCertificateRecognizer(),
        // Health
        AllergyRecognizer(), BloodTypeRecognizer(), DEARecognizer(), DiagnosisCodeRecognizer(), DiagnosisRecognizer(), HospitalizationRecognizer(),
        ImagingRecognizer(), MedicalInsuranceRecognizer(), MedicalRecordRecognizer(), MedicareBeneficiaryRecognizer(), NHSRecognizer(),
        NPIRecognizer(), OutpatientRecognizer(), PrescriptionRecognizer(), VitalSignRecognizer(),
        // Corporate
        BusinessLicenseRecognizer(), ContractRecognizer(), CourtCaseRecognizer(), CreditCodeRecognizer(), DrugApprovalRecognizer(),
        FoodLicenseRecognizer(), ICPFilingRecognizer(), LegalEntityRecognizer(), MedicalDeviceRecognizer(), OrganizationCodeRecognizer(),
        PatentRecognizer(), PublicSecurityFilingRecognizer(), RealEstateCertificateRecognizer(), SecuritiesNumberRecognizer(),
        SoftwareCopyrightRecognizer(), TenderRecognizer(),
        // Network
        AdvertisingIDRecognizer(), ConnectionStringRecognizer(), CredentialURLRecognizer(), DeviceIDRecognizer(), DeviceSerialRecognizer(),
        DomainRecognizer(), ICCIDRecognizer(), IMEIRecognizer(), IMSIRecognizer(), IPAddressRecognizer(), MACAddressRecognizer(), MEIDRecognizer(),
        SNMPCommunityRecognizer(), SessionCookieRecognizer(), WiFiRecognizer(),
        // Location
        CellTowerRecognizer(), CoordinatesRecognizer(), GeohashRecognizer(), PostalAddressRecognizer(),
        // Credential
        AWSKeyRecognizer(), AWSSecretRecognizer(), AgeKeyRecognizer(), AlibabaCloudKeyRecognizer(), AlipayKeyRecognizer(),
        AuthorizationHeaderRecognizer(), AzureKeyRecognizer(), CloudSecretRecognizer(), CloudTokenRecognizer(), DingTalkWebhookRecognizer(),
        DiscordTokenRecognizer(), FeishuKeyRecognizer(), GCPServiceAccountRecognizer(), GitHubTokenRecognizer(), GitLabTokenRecognizer(),
        GoogleAPIKeyRecognizer(), HerokuKeyRecognizer(), JSONWebTokenRecognizer(), MailServiceKeyRecognizer(), ModelServiceKeyRecognizer(),
        PackageRegistryTokenRecognizer(), PasswordAssignmentRecognizer(), PasswordHashRecognizer(), PrivateKeyBlockRecognizer(),
        RecoveryCodeRecognizer(), SSHPublicKeyRecognizer(), SignedURLRecognizer(), SlackTokenRecognizer(), SlackWebhookRecognizer(),
        StripeKeyRecognizer(), TelegramBotTokenRecognizer(), TencentCloudKeyRecognizer(), TwilioKeyRecognizer(), VolcengineKeyRecognizer(),
        WeChatAppIDRecognizer(), WeChatPayKeyRecognizer(), WeComKeyRecognizer(), ZhipuKeyRecognizer(),
        // Wallet
        BitcoinAddressRecognizer(), CardanoAddressRecognizer(), DogecoinAddressRecognizer(), EthereumAddressRecognizer(), ExtendedKeyRecognizer(),
        LitecoinAddressRecognizer(), MoneroAddressRecognizer(), RippleAddressRecognizer(), SeedPhraseRecognizer(), SolanaAddressRecognizer(),
        TronAddressRecognizer(), WalletPrivateKeyRecognizer(),
        // International
        ArgentinaCUITRecognizer(), AustraliaBusinessRecognizer(), AustraliaMedicareRecognizer(), AustraliaTaxFileRecognizer(),
        BelgiumNumberRecognizer(), BrazilCPFRecognizer(), CanadaSocialInsuranceRecognizer(), ChileRUTRecognizer(), DenmarkCPRRecognizer(),
        EUValueAddedTaxRecognizer(), FinlandCodeRecognizer(), FranceNIRRecognizer(), GermanyTaxIDRecognizer(), IndiaAadhaarRecognizer(),
        IndiaGSTINRecognizer(), IndiaPANRecognizer(), IndiaVoterRecognizer(), ItalyFiscalCodeRecognizer(), JapanNumberRecognizer(),
        KoreaResidentRecognizer(), MexicoCURPRecognizer(), NetherlandsBSNRecognizer(), NorwayNumberRecognizer(), PhilippinesIDRecognizer(),
        PolandPESELRecognizer(), RussiaINNRecognizer(), SingaporeIDRecognizer(), SouthAfricaIDRecognizer(), SpainNIFRecognizer(),
        SwedenNumberRecognizer(), SwitzerlandAHVRecognizer(), ThailandIDRecognizer(), TurkeyNumberRecognizer(), UKNationalInsuranceRecognizer(),
        UKSortCodeRecognizer(), USDriverLicenseRecognizer(), USEmployerNumberRecognizer(), USIndividualTaxpayerRecognizer(), USPassportRecognizer(),
        USRoutingRecognizer(), USSocialSecurityRecognizer(),
    ]

    /// What numbers that identify nobody are called.
    /// Names of numbers only: a verb or a noun of daily life (提交, 金额) stands near anything.
    public static let numberedThings = [
        "订单", "订单号", "订单编号", "快递", "快递单号", "运单", "运单号", "物流单号", "单号", "工单", "流水号", "流水", "编号", "受理号", "发票", "票据号", "版本", "版本号", "合同号", "案号", "文号", "序列号",
        "序号", "批次", "批号", "货号", "条码", "条形码", "商品编号", "商品编码", "型号",
        "规格", "料号", "物料号", "物料编码", "库存编码", "包裹号", "取件码", "跟踪号", "追踪号", "链路", "请求号", "请求标识", "时间戳", "毫秒", "微秒", "纳秒", "耗时", "哈希", "摘要", "校验和", "提交号", "提交哈希",
        "镜像摘要", "坐标", "单据号", "凭证号", "座位号", "书号", "期刊号", "任务号", "进程号",
        "线程号", "端口号", "设备编号", "资产编号", "固件", "图号", "随机数", "种子值", "色号", "楼盘编号", "房源编号", "快照", "偏移", "节点",
        "order", "order id", "order no", "order number", "tracking", "tracking no", "shipment", "parcel", "courier", "waybill", "version", "ver", "release",
        "build", "revision", "invoice", "receipt", "serial", "serial no", "batch", "lot", "sku", "upc", "ean", "isbn", "issn", "barcode",
        "part no", "model", "ticket", "trace", "trace id", "span id", "request id", "req", "correlation", "uuid", "guid", "hash", "sha1", "sha256", "md5",
        "digest", "checksum", "commit", "timestamp", "ts", "epoch", "millis", "nanos", "elapsed", "latency", "offset", "seq",
        "pid", "tid", "thread", "seed", "nonce", "etag", "snapshot", "dingdan", "kuaidi", "liushuihao", "ddh", "ydh",
    ]
}
