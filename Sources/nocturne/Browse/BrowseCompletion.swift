import AdapterKit
import Configuration
import Domain
import Simulator

/// What the shell offers for a backend and a path: from the configuration and the catalogues, without a network and
/// without a secret.
enum BrowseCompletion {
    /// A backend that a command line may name.
    struct Backend: Equatable {
        let name: String
        let kind: String
    }

    /// What may stand in place of a word that was begun.
    ///
    /// - Parameters:
    ///   - words: the command line.
    ///   - index: the place of the word in it.
    ///   - prefix: what of it was typed.
    static func candidates(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
        let backends = backends(words)
        let before = words.prefix(index).dropFirst(2)
        if let named = backends.first(where: { before.contains($0.name) }) { return paths([named], prefix) }
        let names = names(backends, prefix)
        // A path alone is enough where only one server has it.
        return names + (prefix.hasPrefix("/") || backends.count == 1 ? paths(backends, prefix) : [])
    }

    /// The names of backends that begin with what was typed.
    static func names(_ words: [String], _ prefix: String) -> [String] { names(backends(words), prefix) }

    private static func names(_ backends: [Backend], _ prefix: String) -> [String] {
        backends.map(\.name).filter { $0.hasPrefix(prefix) }
    }

    private static func paths(_ backends: [Backend], _ prefix: String) -> [String] {
        var kinds: [String] = []
        for backend in backends where !kinds.contains(backend.kind) { kinds.append(backend.kind) }
        return kinds.flatMap {
            AdapterRegistry.descriptor($0)?.sample.browser?.completions(of: prefix) ?? []
        }
    }

    /// The backends of a command line: the demonstration's, or those of the configuration that it names.
    private static func backends(_ words: [String]) -> [Backend] {
        if words.contains("--demo") {
            return SimulatedFleet.demo(scale: 1).members.map { Backend(name: $0.name, kind: $0.kind) }
        }
        let directories = Directories(environment: Setup.environment)
        let named = option("--config", words)
        let reading = Settings.read(
            named.map { directories.resolve($0, besides: (Setup.environment["PWD"] ?? ".") + "/") }
                ?? directories.configurationFile, adapters: AdapterRegistry.all, directories: directories)
        return reading.settings.backends.map { Backend(name: $0.name, kind: $0.kind) }
    }

    private static func option(_ name: String, _ words: [String]) -> String? {
        for (place, word) in words.enumerated() {
            if word == name, place + 1 < words.count { return words[place + 1] }
            if word.hasPrefix(name + "=") { return String(word.dropFirst(name.count + 1)) }
        }
        return nil
    }
}
