import Canvas
import Domain
import Filter

extension State {
    /// The current view, under a name.
    func view(named name: String) -> SavedView {
        SavedView(
            name: name, pane: pane.pane.name.tab, filter: pane.filterText, problemsOnly: pane.problemsOnly,
            hidesAcknowledged: pane.hidesAcknowledged, backend: pane.backend.flatMap(backend)?.name,
            choice: pane.choice)
    }

    /// Saves the pane as a view under the name that was typed.
    mutating func saveView(_ text: String) -> [Effect] {
        let name = String(text.split(separator: " ").joined(separator: " ").prefix(60))
        guard !name.isEmpty else {
            showMessage(.bad, "nothing was saved: a view needs a name")
            return []
        }
        let isNew = !preferences.views.contains { $0.name == name }
        showMessage(
            .good, "\(name) \(isNew ? "saved" : "replaced"): \(pane.pane.name.tab), filter, order and columns"
        )
        return keep(.save(view(named: name)))
    }

    mutating func keep(_ change: Preferences.Change) -> [Effect] {
        apply(change)
        return [.keep(change)]
    }

    /// Keeps how the current pane is arranged, when it is arranged otherwise than what is kept of it.
    mutating func keepArrangement() -> [Effect] {
        let choice = pane.choice
        let name = pane.pane.name
        guard choice != preferences.panes[name] ?? PaneChoice() else { return [] }
        return keep(.arrange(name, choice))
    }

    /// Shows what the command line named: a pane as it was elsewhere, and what was opened in it.
    mutating func begin(at visit: Visit) -> [Effect] {
        let effects = show(visit.view)
        return visit.path.isEmpty ? effects : effects + go(to: Place(pane: place.pane, path: visit.path))
    }

    /// Shows a saved view; what it names and is not there any more is said.
    mutating func show(_ view: SavedView) -> [Effect] {
        guard panes.contains(where: { $0.pane.name == view.pane }) else {
            showMessage(.bad, "no configured backend offers \(view.pane)")
            return []
        }
        pin.focus(false)
        var effects = go(to: Place(pane: view.pane))
        let only = view.backend.flatMap { name in backends.first { $0.name == name } }
        effects += rearrange {
            $0.narrowing.show(view, of: only?.id)
            $0.arrange(as: view.choice)
        }
        effects += filterTyped(view.filter)
        if let name = view.backend, only == nil {
            showMessage(.bad, "\(view.name): the backend \(name) is not configured; all are shown")
        } else if let remark = pane.filterRemark {
            panes[paneIndex].narrowing.setRemark(nil)
            showMessage(.bad, "\(view.name): its filter \(view.filter) can't be used: \(remark.words)")
        } else if !view.name.isEmpty {
            showMessage(.plain, view.name)
        }
        return effects
    }
}

extension PaneState {
    /// How it is arranged, as far as that is not its own way.
    var choice: PaneChoice {
        PaneChoice(order: order == pane.order ? nil : order, columns: columnChoice)
    }

    /// Arranges it as it was kept.
    mutating func arrange(as choice: PaneChoice) {
        ordering.sort(by: choice.order ?? pane.order)
        choose(choice.columns)
    }
}
