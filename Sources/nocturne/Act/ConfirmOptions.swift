import ArgumentParser

/// What lets a change be sent, or keeps it from being sent.
struct ConfirmOptions: ParsableArguments {
    @Flag(help: "Send a command that is harmless or touches service.") var yes = false
    @Option(
        help: ArgumentHelp(
            "Send a command that hurts customers or deletes: the name of its target, once per target.",
            valueName: "name"))
    var confirm: [String] = []
    @Option(
        help: ArgumentHelp(
            "Send once more what was done a short time ago: the number of that record in the audit log.",
            valueName: "record"))
    var again: [String] = []
    @Flag(help: "Print what would be sent, and send nothing.") var dryRun = false
    @Flag(name: .shortAndLong, help: "Do not report on standard error how far it is.") var quiet = false

    /// Whether none of them is given that only a change can have.
    var isEmpty: Bool { !yes && confirm.isEmpty && again.isEmpty && !dryRun }
}
