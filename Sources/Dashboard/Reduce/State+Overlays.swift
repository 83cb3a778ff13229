import Canvas
import Domain

extension State {
    /// Does an action where an overlay has the keys; nil when the overlay does not know it.
    mutating func run(_ action: OwnAction, on overlay: Overlay) -> [Effect]? {
        switch overlay {
        case .filter(let prompt): return run(action, onFilter: prompt)
        case .palette(let palette): return run(action, onPalette: palette)
        case .command(let id): return run(action, onCommand: id)
        case .audit(let view): return run(action, onAudit: view)
        case .help(let top):
            return scroll(action, from: top) { .help(top: $0) }
        case .health(let top):
            return scroll(action, from: top) { .health(top: $0) }
        }
    }

    private mutating func scroll(_ action: OwnAction, from top: Int, _ make: (Int) -> Overlay) -> [Effect]? {
        switch action {
        case .down: replaceOverlay(make(top + 1))
        case .up: replaceOverlay(make(max(0, top - 1)))
        case .pageDown, .halfPageDown: replaceOverlay(make(top + layout.rows))
        case .pageUp, .halfPageUp: replaceOverlay(make(max(0, top - layout.rows)))
        case .top: replaceOverlay(make(0))
        case .bottom: replaceOverlay(make(10_000))
        case .quit: return [.quit]
        case .redraw, .themeNext, .refresh, .refreshAll: return nil
        default: overlays.removeLast()
        }
        return []
    }

    mutating func replaceOverlay(_ overlay: Overlay) {
        guard !overlays.isEmpty else { return }
        overlays[overlays.count - 1] = overlay
    }

    // MARK: Palette

    private mutating func run(_ action: OwnAction, onPalette palette: Palette) -> [Effect]? {
        var palette = palette
        let entries = paletteEntries(palette.input.text)
        switch action {
        case .cancel: overlays.removeLast()
        case .nextField: palette.focus = min(palette.focus + 1, max(0, entries.count - 1))
        case .previousField: palette.focus = max(0, palette.focus - 1)
        case .accept:
            overlays.removeLast()
            guard entries.indices.contains(palette.focus) else { return [] }
            return run(entries[palette.focus].action)
        default: break
        }
        if action == .nextField || action == .previousField { replaceOverlay(.palette(palette)) }
        return []
    }

    // MARK: Audit

    mutating func auditRead(_ result: Result<[AuditRow], BackendError>) {
        guard case .audit(var view) = overlays.last else { return }
        switch result {
        case .success(let entries): view.entries = entries
        case .failure(let error): view.problem = error.words
        }
        view.focus = min(view.focus, max(0, (view.entries?.count ?? 0) - 1))
        replaceOverlay(.audit(view))
    }

    private mutating func run(_ action: OwnAction, onAudit view: AuditView) -> [Effect]? {
        var view = view
        let last = max(0, (view.entries?.count ?? 0) - 1)
        switch action {
        case .down: view.focus = min(last, view.focus + 1)
        case .up: view.focus = max(0, view.focus - 1)
        case .pageDown, .halfPageDown: view.focus = min(last, view.focus + layout.rows)
        case .pageUp, .halfPageUp: view.focus = max(0, view.focus - layout.rows)
        case .top: view.focus = 0
        case .bottom: view.focus = last
        case .open, .accept: view.isOpen = view.entries?.isEmpty == false
        case .check:
            guard
                let entry = view.entries.flatMap({ $0.indices.contains(view.focus) ? $0[view.focus] : nil }),
                entry.isUnknown
            else {
                say(.plain, "what became of this command is known")
                return []
            }
            say(.plain, "looking for evidence of: \(entry.what)")
            return [.checkRecord(id: entry.id)]
        case .refresh:
            return [.readAudit]
        case .quit: return [.quit]
        default:
            if view.isOpen {
                view.isOpen = false
            } else {
                overlays.removeLast()
                return []
            }
        }
        replaceOverlay(.audit(view))
        return []
    }

    mutating func recordChecked(_ id: String, _ outcomes: [Outcome]) -> [Effect] {
        let words = outcomes.map { "\(name(of: $0.entity)): \($0.words)" }.joined(separator: "; ")
        let isBad = outcomes.contains { $0.state == .unknown || $0.state == .failed }
        say(isBad ? .bad : .good, words.isEmpty ? "nothing could be read about it" : words)
        if case .audit = overlays.last { return [.readAudit] }
        return []
    }
}
