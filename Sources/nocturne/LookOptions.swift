import ArgumentParser

/// How the screen looks and what its keys are.
struct LookOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Start with this theme.", valueName: "name")) var theme: String?
    @Option(help: ArgumentHelp("Use this keymap.", valueName: "name")) var keymap: String?
    @Flag(help: "Update the screen less: no seconds, no sparklines, at most once a second besides keys.")
    var lowBandwidth = false
}
