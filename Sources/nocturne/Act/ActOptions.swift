import ArgumentParser
import Domain

/// What every command that changes a server takes besides its targets and its form.
struct ActOptions: ParsableArguments {
    @OptionGroup(title: "Sending") var confirmation: ConfirmOptions
    @Option(
        help: ArgumentHelp("The kind of the targets, if a name fits several.", valueName: "kind"))
    var kind: String?
    @Option(
        help: ArgumentHelp(
            "Wait at most this long for what is read before sending.", valueName: "seconds"))
    var timeout: Double = 60
    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("How to print.", valueName: "format"))
    var output: ListFormat = .text
    @OptionGroup(title: "Servers") var sources: SourceOptions

    func validate() throws {
        guard timeout > 0, timeout.isFinite else {
            throw ValidationError("--timeout takes a number of seconds above 0")
        }
    }

    /// The names that a question of a form can't have as an option of its own.
    static let reserved: Set<String> = [
        "config", "demo", "seed", "scale", "backends", "read-only", "backend", "log", "yes", "confirm",
        "again",
        "dry-run",
        "kind", "timeout", "quiet", "output", "help", "version", "set", "generate-completion-script",
        "experimental-dump-help",
    ]
}
