import ArgumentParser

/// `banyan tune`
struct TuneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tune", abstract: "Train small models on this machine.",
        subcommands: [
            TuneLoraCommand.self, TuneImageCommand.self, TuneClassifierCommand.self, TuneTaggerCommand.self, TuneAudioCommand.self, TuneTabularCommand.self, TuneClassifyCommand.self, TuneTagCommand.self, TuneContinualCommand.self, TuneWithdrawCommand.self,
            TuneEmbeddingCommand.self, TuneEmbedCommand.self, TuneCheckCommand.self,
        ])
}
