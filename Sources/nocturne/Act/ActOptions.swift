import ArgumentParser
import Domain

/// What every command that changes a server takes besides its targets and its form.
struct ActOptions: ParsableArguments {
    @OptionGroup var sources: SourceOptions
    @OptionGroup var confirmation: ConfirmOptions
    @Option(help: ArgumentHelp("The kind of the targets, where a name fits several.", valueName: "kind"))
    var kind: String?
    @Option(help: "Wait this many seconds at most for what must be read before anything is sent.")
    var timeout: Double = 60
    @Option(name: [.customShort("o"), .long], help: "How to print.") var output: ListFormat = .text

    func validate() throws {
        guard timeout > 0, timeout.isFinite else {
            throw ValidationError("--timeout takes seconds, more than none")
        }
    }

    /// The names that a question of a form can't have as an option of its own.
    static let reserved: Set<String> = [
        "config", "demo", "seed", "scale", "read-only", "backend", "log", "yes", "confirm", "again",
        "dry-run",
        "kind", "timeout", "quiet", "output", "help", "version", "set", "generate-completion-script",
        "experimental-dump-help",
    ]
}
