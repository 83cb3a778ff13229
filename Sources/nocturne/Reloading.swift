import Configuration
import Dashboard
import Domain
import Synchronization
import Wallboard

/// Reads the operator's files again, and says what of them can come into force while the process lives.
///
/// Connections are made once: what is new about where a server is or how one logs in waits for a restart.
final class Reloading: Sendable {
    private let path: String?
    private let directories: Directories
    /// What the process runs with, and the backends of it that it uses.
    private let old: Settings
    private let used: Set<String>
    private let isDemo: Bool
    /// What the command line chose stays chosen.
    private let theme: String?
    private let keymap: String?
    private let wallboard: String?
    /// The theme that the configuration named when it was read last.
    private let named: Mutex<String>

    /// - Parameters:
    ///   - setup: what the process runs with.
    ///   - theme: the theme of the command line, if any.
    ///   - keymap: the keymap of the command line, if any.
    ///   - wallboard: the wallboard of the command line, if any.
    init(_ setup: Setup, theme: String?, keymap: String?, wallboard: String?) {
        path = setup.configuration
        directories = setup.directories
        old = setup.settings
        used = Set(setup.plans.map(\.name))
        isDemo = setup.isDemo
        self.wallboard = wallboard
        self.theme = theme
        self.keymap = keymap
        named = Mutex(setup.settings.theme)
    }

    /// Reads everything; called on any thread.
    func read() -> Result<Reloaded, ReloadFault> {
        let library = LookLibrary(directories)
        var settings = Settings()
        var complaints: [Complaint] = []
        // An adapter is part of a connection: what its file says now holds after a restart.
        var changed: [String] = []
        if let path {
            let reading = Settings.read(path, library, directories)
            guard reading.isPresent else { return .failure(ReloadFault("\(path) is not there any more")) }
            let errors = reading.complaints.filter { $0.weight == .error }
            if let first = errors.first {
                let more = errors.count > 1 ? " (and \(errors.count - 1) more; nocturne check tells all)" : ""
                return .failure(ReloadFault(first.description + more))
            }
            guard isDemo || !reading.settings.backends.isEmpty else {
                return .failure(ReloadFault("no backend can be used from \(path)"))
            }
            settings = reading.settings
            complaints = reading.complaints
            let adapters = AdapterLibrary.current(directories)
            complaints += adapters.complaints
            changed = adapters.changed(since: AdapterRegistry.library, of: settings.backends)
        }
        if isDemo {
            var shown = Settings()
            shown.wallboards = settings.wallboards
            shown.commands = settings.commands
            settings = shown
        }
        guard let profile = settings.wallboard(named: wallboard) else {
            return .failure(ReloadFault("there is no wallboard \(wallboard ?? "") any more"))
        }
        let keys = library.keymaps.keymap(keymap ?? settings.keymap, actions: AdapterRegistry.actionNames)
        let placed = keys.keymap.adding(settings.commands)
        complaints += library.themes.complaints + keys.complaints + placed.complaints
        let isNew = named.withLock { named in
            defer { named = settings.theme }
            return named != settings.theme
        }
        return .success(
            Reloaded(
                themes: library.themes.themes, theme: isNew && theme == nil ? settings.theme : nil,
                keymap: placed.keymap, profile: profile,
                backends: settings.backends.map {
                    Reloaded.Backend(
                        name: $0.name, mode: $0.mode, intervals: $0.intervals, pollInterval: $0.pollInterval)
                },
                commands: settings.commands.map(\.command),
                runbooks: RunbookFolder(directories).runbooks, restarts: restarts(settings) + changed,
                notices: complaints.map(\.description)))
    }

    /// What differs from what the process runs with and can't change while it does.
    private func restarts(_ new: Settings) -> [String] {
        guard path != nil, !isDemo else { return [] }
        var words: [String] = []
        for backend in new.backends {
            guard let before = old.backends.first(where: { $0.name == backend.name }) else {
                // Where the command line chose some, a new one is none of them.
                guard used.count == old.backends.count else { continue }
                words.append("\(backend.name) is new")
                continue
            }
            if used.contains(backend.name), !before.isConnected(like: backend) {
                words.append("\(backend.name) is reached or logged in to in another way")
            }
        }
        for backend in old.backends
        where used.contains(backend.name) && !new.backends.contains(where: { $0.name == backend.name }) {
            words.append("\(backend.name) is not configured any more")
        }
        if old.alarms != new.alarms { words.append("[[notify]] is another") }
        if old.browser != new.browser { words.append("the browser is another") }
        if old.stripsDomain != new.stripsDomain { words.append("strip_domain is another") }
        if old.links != new.links { words.append("[[link]] is another") }
        if old.stormThreshold != new.stormThreshold { words.append("storm is another") }
        if old.savesBandwidth != new.savesBandwidth { words.append("low_bandwidth is another") }
        if old.team != new.team { words.append("[team] is another") }
        if old.history != new.history { words.append("[history] is another") }
        if old.sharedAuditLog != new.sharedAuditLog || old.auditIsBestEffort != new.auditIsBestEffort {
            words.append("the audit log is another")
        }
        return words
    }
}

extension BackendConfiguration {
    /// Whether everything but what can change while the process lives is the same.
    fileprivate func isConnected(like other: BackendConfiguration) -> Bool {
        var alike = other
        alike.mode = mode
        alike.intervals = intervals
        alike.pollInterval = pollInterval
        return self == alike
    }
}
