import ArgumentParser

/// What lets a change be sent, or keeps it from being sent.
struct ConfirmOptions: ParsableArguments {
    @Flag(help: "Send a command that is not disruptive.") var yes = false
    @Option(
        help: ArgumentHelp(
            "Send a disruptive command: the name of its target, once per target.", valueName: "name"))
    var confirm: [String] = []
    @Option(
        help: ArgumentHelp(
            "Repeat what was done a short time ago: the number of that record in the audit log.",
            valueName: "record"))
    var again: [String] = []
    @Flag(help: "Print what would be sent, and send nothing.") var dryRun = false
    @Flag(name: .shortAndLong, help: "Print no progress.") var quiet = false

    /// Whether none of them is given that only a change can have.
    var isEmpty: Bool { !yes && confirm.isEmpty && again.isEmpty && !dryRun }
}
