import ArgumentParser

/// Where the data comes from: the same for the dashboard and every command without a screen.
struct SourceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The configuration file.", valueName: "file")) var config: String?
    @Flag(help: "Show a simulated provider; needs no configuration.") var demo = false
    @Option(help: ArgumentHelp("What makes the simulated provider what it is.", valueName: "number"))
    var seed: UInt64 = 1
    @Option(help: ArgumentHelp("How many ports the simulated provider has.", valueName: "ports"))
    var scale = 3_300
    @Flag(help: "Make it impossible to change anything.") var readOnly = false
    @Option(
        help: ArgumentHelp("Use only these backends, by name.", valueName: "name"),
        completion: .custom { words, _, prefix in BrowseCompletion.names(words, prefix) })
    var backend: [String] = []
    @Option(help: ArgumentHelp("Append a line per exchange to a file, without secrets.", valueName: "file"))
    var log: String?

    func validate() throws {
        guard (1...100_000).contains(scale) else {
            throw ValidationError("--scale takes 1 to 100,000 ports, not \(scale)")
        }
    }
}
