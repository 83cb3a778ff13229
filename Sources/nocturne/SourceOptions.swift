import ArgumentParser

/// Where the data comes from: the same for the dashboard and every command without a screen.
struct SourceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The configuration file.", valueName: "file")) var config: String?
    @Flag(help: "Use a simulated network; needs no configuration.") var demo = false
    @Option(
        help: ArgumentHelp(
            "The random seed of the simulation.", valueName: "number", visibility: .hidden))
    var seed: UInt64 = 1
    @Option(
        help: ArgumentHelp(
            "The number of ports in the simulation.", valueName: "ports", visibility: .hidden))
    var scale = 3_300
    @Option(
        help: ArgumentHelp(
            "The number of LibreNMS servers that share the simulated network.", valueName: "servers",
            visibility: .hidden))
    var backends: Int?
    @Flag(help: "Disable all commands.") var readOnly = false
    @Option(
        help: ArgumentHelp("Use only this backend; may be repeated.", valueName: "name"),
        completion: .custom { words, _, prefix in BrowseCompletion.names(words, prefix) })
    var backend: [String] = []
    @Option(help: ArgumentHelp("Log every request to a file, without secrets.", valueName: "file"))
    var log: String?

    /// What another run needs to reach the same servers.
    var lineOptions: [String] {
        var words: [String] = []
        if demo { words.append("--demo") }
        if demo, seed != 1 { words += ["--seed", "\(seed)"] }
        if demo, scale != 3_300 { words += ["--scale", "\(scale)"] }
        if demo, let backends { words += ["--backends", "\(backends)"] }
        if let config, !demo { words += ["--config", config] }
        return words
    }

    func validate() throws {
        if let reason = SimulationSize(scale: scale, backends: backends).reasonAgainst {
            throw ValidationError(reason)
        }
    }
}
