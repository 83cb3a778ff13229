import Domain

extension State {
    /// Takes what the files say now; where the operator is and what they chose stays.
    mutating func reloaded(_ result: Result<Reloaded, ReloadFault>) -> [Effect] {
        switch result {
        case .failure(let fault):
            showMessage(.bad, "the old configuration stays: \(fault.words)")
            return []
        case .success(let reloaded):
            var effects = applyLook(reloaded)
            var changes: [String] = []
            var waiting = reloaded.restarts
            for backend in reloaded.backends {
                guard let known = backends.first(where: { $0.name == backend.name }) else { continue }
                change(known.id) { $0.setIntervals(backend.intervals) }
                if backend.pollInterval != known.pollInterval {
                    change(known.id) { [now, wall] in
                        $0.setPollInterval(backend.pollInterval)
                        $0.updatePolls(now: now, wall: wall)
                    }
                    countDevices()
                }
                if backend.mode.strictness > known.mode.strictness {
                    change(known.id) { $0.tighten(backend.mode) }
                    changes.append("\(backend.name) is \(backend.mode.rawValue) now")
                    if backend.mode == .readOnly { effects.append(.tighten(known.id)) }
                } else if backend.mode.strictness < known.mode.strictness {
                    waiting.append("\(backend.name) stays \(known.mode.rawValue)")
                }
            }
            if !waiting.isEmpty {
                changes.append("needs a restart: \(waiting.joined(separator: ", "))")
            }
            // A mistake first: a line may be cut.
            let words = reloaded.notices.prefix(1) + ["configuration read again"] + changes
            let isPlain = waiting.isEmpty && reloaded.notices.isEmpty
            showMessage(isPlain ? .good : .bad, words.joined(separator: "; "))
            return effects + dueEffects()
        }
    }

    private mutating func applyLook(_ reloaded: Reloaded) -> [Effect] {
        themeChoice.reload(reloaded.themes, asking: reloaded.theme)
        setFiles(reloaded)
        var effects = withScreen { $0.reload(reloaded, in: &$1) }
        // Who names another theme in the configuration has chosen last.
        if reloaded.theme != nil, preferences.theme != nil { effects += keep(.theme(nil)) }
        // What was typed so far may mean something else now.
        sequence.end()
        return effects
    }
}

extension BackendMode {
    /// How little may be done: a process only ever goes up.
    var strictness: Int {
        switch self {
        case .normal: 0
        case .guarded: 1
        case .readOnly: 2
        }
    }
}
