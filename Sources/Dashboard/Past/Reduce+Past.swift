import Canvas
import Domain

/// What happens while an earlier moment is shown: keys are for it, and all that servers say is for now.
extension State {
    mutating func reducePast(_ event: Event) -> [Effect] {
        switch event {
        case .read, .clipped, .pictureSaved: return changePast(event)
        case .resized, .arranged, .found, .auditRead, .noticed:
            // Each takes the answers to its own questions.
            return reduceNow(&self, event) + changePast(event)
        case .recalled(.timeline, _): return reduceNow(&self, event) + changePast(event)
        case .recalled(.difference, _): return changePast(event)
        case .tick(let now, _, let zone):
            let effects = reduceNow(&self, event)
            past[0].pastTicked(now, zone: zone)
            return effects + changed(past[0].followCursor())
        case .travelled(let question, let result):
            return endIfOver(after: past[0].travelledOn(question, result))
        default: return reduceNow(&self, event)
        }
    }

    private mutating func changePast(_ event: Event) -> [Effect] {
        endIfOver(after: reduceNow(&past[0], event))
    }

    /// Shows now again where that is wanted.
    private mutating func endIfOver(after effects: [Effect]) -> [Effect] {
        guard past[0].moment?.isOver == true else { return changed(effects) }
        past = []
        showMessage(.plain, "now", isBrief: true)
        scrollIntoView()
        return []
    }

    /// What may be done outside from an earlier moment: nothing that asks a server, and nothing that is kept.
    private mutating func changed(_ effects: [Effect]) -> [Effect] {
        effects.flatMap { effect -> [Effect] in
            switch effect {
            case .arrange, .find, .readAudit, .copy, .saveText, .transmit, .redraw, .travel: return [effect]
            case .recall(_, .timeline), .recall(_, .difference): return [effect]
            // That the operator looked until now is written down by the state of now.
            case .quit: return quit()
            default: return []
            }
        }
    }

    /// Why an action is not possible at an earlier moment; nil where it is, and in the state of now.
    ///
    /// - Parameter isOverLayers: whether what lies on top has been asked first, and does not do it.
    func reasonAgainstInPast(_ action: Action, isOverLayers: Bool = false) -> String? {
        guard isPast, isOverLayers || layers.isEmpty else { return nil }
        let isPossible =
            switch action {
            case .own(let own): Self.actionsOfPast.contains(own)
            case .pane(let pane): pane.tab != .browse
            case .show: true
            case .command, .search, .locate, .program: false
            }
        guard !isPossible else { return nil }
        let key = keymap.spelling(of: .own(.back), in: contexts).map { "; \($0) shows now" } ?? ""
        return "this is the past: nothing can be changed or asked in it\(key)"
    }

    private static let actionsOfPast: Set<OwnAction> = [
        .down, .up, .left, .right, .top, .bottom, .pageDown, .pageUp, .halfPageDown, .halfPageUp, .nextPane,
        .previousPane, .open, .back, .close, .cancel, .quit, .filter,
        .clearFilter, .find, .findNext, .findPrevious, .problemsOnly, .hideAcknowledged, .narrowBackend,
        .sort,
        .sortNext, .sortReverse, .sortLeft, .sortRight, .fold, .group, .detailBeside, .zoom, .pin,
        .otherTable,
        .mark, .markAll, .unmarkAll, .markRange, .copy, .columns, .redraw, .timeline, .help, .earlier, .later,
        .quarterEarlier, .quarterLater, .difference, .accept,
    ]
}
