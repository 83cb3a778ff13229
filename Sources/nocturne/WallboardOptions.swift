import ArgumentParser
import Configuration
import Wallboard

/// What is said of the wallboard on the command line.
struct WallboardOptions: ParsableArguments {
    @Option(
        defaultAsFlag: "", parsing: .next,
        help: ArgumentHelp(
            "Show a wallboard, read-only: the named one, or default, or the first, or the built-in one.",
            valueName: "profile"))
    var wallboard: String?
    @Flag(
        help: "Print the first page of the wallboard as text and exit."
    )
    var once = false
    @Option(help: ArgumentHelp("With --once: wait at most this long.", valueName: "seconds")) var timeout:
        Double = 60

    func validate() throws {
        guard timeout > 0, timeout.isFinite else {
            throw ValidationError("--timeout takes a number of seconds above 0")
        }
    }

    /// Whether there is a wallboard instead of the dashboard; `--once` alone means that too.
    var isWanted: Bool { wallboard != nil || once }

    /// The name that was given.
    var name: String? { wallboard.flatMap { $0.isEmpty ? nil : $0 } }
}

extension Setup {
    /// The wallboard of a name, else the one that is meant without a name.
    func wallboard(named name: String?) throws -> WallboardProfile {
        if let profile = settings.wallboard(named: name) { return profile }
        let broken = notices.filter { $0.contains(": error: ") }
        let known = settings.wallboards.map(\.name).joined(separator: ", ")
        let words =
            known.isEmpty
            ? "there is no wallboard \(name ?? ""): none is configured, and --wallboard alone shows the built-in"
            : "there is no wallboard \(name ?? ""); there are: \(known)"
        throw Failure(.usage, (broken + [words]).joined(separator: "\n"))
    }
}
