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
        case .pictures(let view): return run(action, onPictures: view)
        case .search(let view): return run(action, onSearch: view)
        case .columns(let focus): return run(action, onColumns: focus)
        case .views(let list): return run(action, onViews: list)
        case .copy(let menu): return run(action, onCopy: menu)
        case .address(let view): return run(action, onAddress: view)
        case .actions(let menu): return run(action, onMenu: menu)
        case .snooze(let prompt): return run(action, onSnooze: prompt)
        case .help(let top):
            return scroll(action, from: top, of: HelpPicture(state: self).lines.count) { .help(top: $0) }
        case .health(let top):
            return scroll(action, from: top, of: HealthPicture(state: self).lines.count) { .health(top: $0) }
        }
    }

    private mutating func scroll(
        _ action: OwnAction, from top: Int, of lines: Int, _ make: (Int) -> Overlay
    ) -> [Effect]? {
        let page = Dialog.rows(self)
        let last = max(0, lines - page)
        switch action {
        case .down, .nextField: replaceOverlay(make(min(last, top + 1)))
        case .up, .previousField: replaceOverlay(make(max(0, min(last, top) - 1)))
        case .pageDown, .toggle: replaceOverlay(make(min(last, top + page)))
        case .pageUp: replaceOverlay(make(max(0, min(last, top) - page)))
        case .halfPageDown: replaceOverlay(make(min(last, top + page / 2)))
        case .halfPageUp: replaceOverlay(make(max(0, min(last, top) - page / 2)))
        case .top: replaceOverlay(make(0))
        case .bottom: replaceOverlay(make(last))
        default: return leave(action)
        }
        return []
    }

    /// What a page does with an action that is not its own: the ones about the whole screen work on, others only
    /// close it.
    mutating func leave(_ action: OwnAction) -> [Effect]? {
        switch action {
        case .quit, .redraw, .themeNext, .refresh, .refreshAll, .mouse, .wallboard: return nil
        case .yes, .check, .retry, .forget, .dryRun, .toggle, .left, .right, .undo, .editExternally: return []
        case .zoomIn, .zoomOut, .savePicture, .find, .findNext, .findPrevious: return []
        case .help, .health, .audit, .palette, .pictures:
            let closed = overlays.removeLast()
            // The key that opened a page closes it.
            switch (action, closed) {
            case (.help, .help), (.health, .health), (.audit, .audit), (.pictures, .pictures): return []
            default: return nil
            }
        default:
            overlays.removeLast()
            return []
        }
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
        case .nextField, .down: palette.focus = min(palette.focus + 1, max(0, entries.count - 1))
        case .previousField, .up: palette.focus = max(0, palette.focus - 1)
        case .accept:
            overlays.removeLast()
            guard entries.indices.contains(palette.focus) else { return [] }
            return run(entries[palette.focus].action)
        default: return []
        }
        if case .palette = overlays.last { replaceOverlay(.palette(palette)) }
        return []
    }

    // MARK: Audit

    mutating func auditRead(_ result: Result<[AuditRow], BackendError>) {
        guard
            let place = overlays.firstIndex(where: { if case .audit = $0 { true } else { false } }),
            case .audit(var view) = overlays[place]
        else { return }
        // The record under the cursor keeps it when newer ones have come above.
        let focused = view.entries.flatMap { $0.indices.contains(view.focus) ? $0[view.focus].id : nil }
        switch result {
        case .success(let entries):
            view.entries = entries
            view.problem = nil
        case .failure(let error): view.problem = error.words
        }
        let kept = focused.flatMap { id in view.entries?.firstIndex { $0.id == id } }
        view.focus = kept ?? min(view.focus, max(0, (view.entries?.count ?? 0) - 1))
        overlays[place] = .audit(view)
        auditChanged()
    }

    private mutating func run(_ action: OwnAction, onAudit view: AuditView) -> [Effect]? {
        var view = view
        let last = max(0, (view.entries?.count ?? 0) - 1)
        let page = Dialog.rows(self)
        if view.isOpen, let step = Self.lines(of: action, page) {
            let entry = view.entries.flatMap { $0.indices.contains(view.focus) ? $0[view.focus] : nil }
            let lines = entry.map { AuditPicture(state: self, view: view).whole($0).count } ?? 0
            view.top = max(0, min(lines - page, view.top + step))
            replaceOverlay(.audit(view))
            return []
        }
        switch action {
        case .down, .nextField: view.focus = min(last, view.focus + 1)
        case .up, .previousField: view.focus = max(0, view.focus - 1)
        case .pageDown, .halfPageDown: view.focus = min(last, view.focus + page)
        case .pageUp, .halfPageUp: view.focus = max(0, view.focus - page)
        case .top: view.focus = 0
        case .bottom: view.focus = last
        case .open, .accept:
            view.isOpen = !view.isOpen && view.entries?.isEmpty == false
            view.top = 0
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
        case .undo:
            guard let entry = view.entries.flatMap({ $0.indices.contains(view.focus) ? $0[view.focus] : nil })
            else { return [] }
            return undo(entry)
        case .refresh:
            return [.readAudit]
        case .find, .findNext, .findPrevious: return nil
        case .back, .close, .cancel:
            guard view.isOpen else {
                overlays.removeLast()
                return []
            }
            view.isOpen = false
        default: return leave(action)
        }
        replaceOverlay(.audit(view))
        return []
    }

    /// How many lines an action scrolls a text; nil when it does not.
    private static func lines(of action: OwnAction, _ page: Int) -> Int? {
        switch action {
        case .down, .nextField: 1
        case .up, .previousField: -1
        case .pageDown, .halfPageDown: page
        case .pageUp, .halfPageUp: -page
        default: nil
        }
    }

    mutating func recordChecked(_ id: String, _ outcomes: [Outcome]) -> [Effect] {
        let words = outcomes.map { "\(name(of: $0.entity)): \($0.words)" }.joined(separator: "; ")
        let isBad = outcomes.contains { $0.state == .unknown || $0.state == .failed }
        say(isBad ? .bad : .good, words.isEmpty ? "nothing could be read about it" : words)
        let isShown = overlays.contains { if case .audit = $0 { true } else { false } }
        return isShown ? [.readAudit] : []
    }
}
