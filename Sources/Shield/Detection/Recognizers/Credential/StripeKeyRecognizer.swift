/// Keys of Stripe: secret and restricted ones, live and test, and webhook secrets.
struct StripeKeyRecognizer: Recognizer {
    let card = TypeCard("stripe-key", zh: "Stripe 密钥", en: "Stripe key", .credential)
    let rules: [Rule] = [.literal(["sk_live_", "rk_live_", "sk_test_", "rk_test_"], "[sr]k_(?:live|test)_[A-Za-z0-9]{20,247}", 0.95),
        .literal(["whsec_"], "whsec_[A-Za-z0-9+/=]{24,64}", 0.92)]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("sk_live_XMb1rEv1uONzy4RzJL6bWq96", "sk_live_XMb1rEv1uONzy4RzJL6bWq96"),
        ("STRIPE: rk_test_ZLm8lLt9IRzGa3lXmtxpHfNpjwbxm6N0", "rk_test_ZLm8lLt9IRzGa3lXmtxpHfNpjwbxm6N0")],
        negative: ["sk_live_", "pk_live_XMb1rEv1uONzy4RzJL6bWq96"])
}
