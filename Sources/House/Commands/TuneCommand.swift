import ArgumentParser

/// `banyan tune`
struct TuneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "tune", abstract: "Train small models on this machine.", subcommands: [TuneImageCommand.self])
}
