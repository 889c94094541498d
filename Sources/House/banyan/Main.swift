import Commands

/// The one binary. Everything it does is in `Commands`, where it can be tested.
@main
enum Main {
    static func main() async {
        await BanyanCommand.start()
    }
}
