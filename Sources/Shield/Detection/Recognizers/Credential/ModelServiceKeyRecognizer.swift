/// Keys of services of language models: OpenAI, Anthropic, DeepSeek, DashScope and Moonshot (all sk-), Hugging Face (hf_), Groq, xAI, Replicate, Perplexity.
struct ModelServiceKeyRecognizer: Recognizer {
    let card = TypeCard("model-service-key", zh: "大模型服务密钥", en: "Model service key", .credential)
    let rules: [Rule] = [
        .literal(Spelling.extended("sk-"), "sk-(?:proj-|svcacct-|admin-|ant-(?:api[0-9]{2}|admin[0-9]{2})-|or-v1-|None-|cp-|sp-)?[A-Za-z0-9_-]{20,200}",
            0.93) { match in
            // Forty letters without a hyphen are a key too.
            let isLetters = match.range.count >= 43 && match.bytes.dropFirst(3).allSatisfy(Checksums.isLetter)
            return .when(Entropy.bits(match.bytes) > 3.2 && (match.digits.count >= 2 || isLetters), 0.93, "prefix and random text", otherwise: "not random")
        },
        .literal(Spelling.extended("hf_"), "hf_[A-Za-z]{30,40}", 0.94), .literal(["gsk_"], "gsk_[A-Za-z0-9]{40,60}", 0.95),
            .literal(["xai-"], "xai-[A-Za-z0-9]{60,90}", 0.95), .literal(Spelling.extended("r8_"), "r8_[A-Za-z0-9]{37}", 0.94),
            .literal(["pplx-"], "pplx-[A-Za-z0-9]{40,56}", 0.95),
        .literal(["nvapi-"], "nvapi-[A-Za-z0-9_-]{50,80}", 0.95), .literal(Spelling.extended("fw_"), "fw_[A-Za-z0-9]{22,30}",
            0.75) { .when($0.digits.count > 1, 0.75, "prefix", otherwise: "a word") },
    ]
    let labels = ["openai", "anthropic", "deepseek", "dashscope", "moonshot", "kimi", "qwen", "hugging face", "api key"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("OPENAI_API_KEY=sk-proj-QXYit7BOEI1E7a06AnWiJieObPnigKM4LrIdA7W4b6HzK6ye", "sk-proj-QXYit7BOEI1E7a06AnWiJieObPnigKM4LrIdA7W4b6HzK6ye"),
            ("dashscope sk-8df829a02f03939124846d2d4115a8ba", "sk-8df829a02f03939124846d2d4115a8ba"),
            ("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", "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"),
            ("sk-ant-api03-M4RZTaLGWOPd2oQg1z60GyzoUkY0wqvKaREFXWMSzF2ZNjiMcLZamCForkwx28L6NbOWYqG6ftuExisLDUl7nQcMhtIunAA",
            "sk-ant-api03-M4RZTaLGWOPd2oQg1z60GyzoUkY0wqvKaREFXWMSzF2ZNjiMcLZamCForkwx28L6NbOWYqG6ftuExisLDUl7nQcMhtIunAA")],
        negative: ["sk-learn-contrib-and-other-words", "task-8df829a02f03939124846d2d4115a8ba", "hf_hub_download"])
}
