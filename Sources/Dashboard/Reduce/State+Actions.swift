import Filter
import Canvas
import Domain

extension State {
    /// Does an action, or says why it can't be done.
    mutating func run(_ action: Action) -> [Effect] {
        if let reason = reasonAgainst(action) {
            showMessage(.bad, reason)
            return []
        }
        switch action {
        case .pane(let name):
            pin.focus(false)
            return go(to: Place(pane: name))
        case .command(let kind): return begin(kind)
        case .search(let searches): return begin(searches)
        case .show(let entity): return go(to: entity, of: find(entity)?.table.resource)
        case .locate(let address): return locate(address)
        case .program(let title): return begin(own: title)
        case .own(let action): return run(action)
        }
    }

    /// Why an action is not possible now; nil when it is.
    public func reasonAgainst(_ action: Action) -> String? {
        if let reason = reasonAgainstInPast(action) { return reason }
        switch action {
        case .pane(let name):
            return panes.contains { $0.pane.name == name } ? nil : "no configured backend offers \(name)"
        case .command(let kind):
            return reasonAgainstActingWhileLooking ?? reasonAgainstActingTooSoon
                ?? reasonAgainst(command: kind, on: candidateKinds(for: kind))
        case .program(let title):
            return reasonAgainstActingWhileLooking ?? reasonAgainstActingTooSoon ?? reasonAgainst(own: title)
        case .own(.findNext), .own(.findPrevious): return reasonAgainstFindingAgain
        case .own(.historyBack): return history.hasEarlier ? nil : "this is where you began"
        case .own(.historyForward):
            return history.hasLater ? nil : "there is nothing ahead"
        case .own(.clearFilter): return pane.isNarrowed ? nil : "nothing is filtered"
        case .own(.mark), .own(.markAll), .own(.markRange), .own(.markPattern):
            return details.isEmpty ? nil : "rows are marked in their table"
        case .own(.sort): return details.isEmpty ? nil : "rows are sorted in their table"
        case .own(.unmarkAll): return pane.marks.isEmpty ? "nothing is marked" : nil
        case .own(.pictures): return reasonAgainstPictures
        case .own(.wallboard): return profile == nil ? "there is no wallboard to show" : nil
        case .own(.fold): return reasonAgainstFolding
        case .own(.apart): return reasonAgainstApart
        case .own(.impact): return reasonAgainstImpact
        case .own(.since), .own(.looked): return reasonAgainstSince
        case .own(.timeline): return reasonAgainstTimeline
        case .own(.earlier), .own(.later), .own(.quarterEarlier), .own(.quarterLater):
            return layers.isEmpty ? reasonAgainstPast : nil
        case .own(.difference):
            return isPast || !layers.isEmpty ? nil : "two moments differ: go to an earlier one first"
        case .own(.group):
            if !details.isEmpty { return "rows are grouped in their table" }
            return pane.pane.groupings.isEmpty ? "nothing groups the rows of \(pane.pane.name)" : nil
        case .own(.live): return reasonAgainstLive
        case .own(.api): return reasonAgainstJump
        case .own(.raw): return reasonAgainstRaw
        case .own(.saveFile): return reasonAgainstSaving
        case .own(.copy): return reasonAgainstCopying
        case .own(.address): return reasonAgainstAddress
        case .own(.runbook): return reasonAgainstRunbook
        case .own(.snooze): return reasonAgainstSnoozing
        case .own(.claim): return reasonAgainstClaiming
        case .own(.actions): return reasonAgainstMenu
        case .own(.dryRun) where layers.isEmpty && isReadOnly:
            return "read-only: there is no command to try"
        case .own(.follow), .own(.freeze): return reasonAgainstHolding
        case .own(.detailBeside): return reasonAgainstSplit
        case .own(.pin): return reasonAgainstPinning
        case .own(.otherTable): return areTablesTwo ? nil : "there is only one table here"
        case .own(.narrowBackend): return backends.count > 1 ? nil : "there is only one backend"
        default: return nil
        }
    }

    private mutating func run(_ action: OwnAction) -> [Effect] {
        // A garbled screen is mended wherever one is.
        if action == .redraw { return [.redraw] }
        if let effects = runOnTop(action) { return effects }
        if let reason = reasonAgainstInPast(.own(action), isOverLayers: true) {
            showMessage(.bad, reason)
            return []
        }
        switch action {
        case .down: return moveAlone(1)
        case .up: return moveAlone(-1)
        case .pageDown: return moveAlone(layout.rows)
        case .pageUp: return moveAlone(-layout.rows)
        case .halfPageDown: return moveAlone(layout.rows / 2)
        case .halfPageUp: return moveAlone(-layout.rows / 2)
        case .top: return moveAlone(-Int(Int32.max))
        case .bottom: return moveAlone(Int(Int32.max))
        case .left:
            if !details.isEmpty { return foldOrLeave() }
            panes[paneIndex].scrollSideways(-1)
        case .right:
            if !details.isEmpty { return unfold() }
            panes[paneIndex].scrollSideways(1)
        case .fold: return fold()
        case .apart: return toggleApart()
        case .impact: return showImpact()
        case .group: return group()
        case .live: return askLive()
        case .api: return jump()
        case .raw: return showRaw()
        case .saveFile: return saveFile()
        case .copy: openCopyMenu()
        case .address: return askAddress(.open)
        case .runbook: return showRunbook()
        case .follow: return follow()
        case .snooze: return beginSnooze()
        case .claim: return beginClaim()
        case .actions: layers.push(ActionMenu(subject: subject))
        case .freeze: return freeze()
        case .detailBeside: return toggleSplit()
        case .pin: return togglePin()
        case .otherTable: return focusPin(!pin.hasFocus)
        case .zoom: return zoom()
        case .nextPane: return step(1)
        case .previousPane: return step(-1)
        case .open: return open()
        case .back, .cancel: return disarm() ?? endFind() ?? back()
        case .close where isPinInFront && details.isEmpty: return togglePin()
        case .close where isPast && details.isEmpty: return endPast()
        case .close: return details.isEmpty ? leaveCollection() ?? quit() : back()
        case .quit: return quit()
        case .historyBack: return travel(-1)
        case .historyForward: return travel(1)
        case .filter:
            layers.push(FilterPrompt(pane.filterText))
            // Its hint takes a line of the table.
            scrollIntoView()
        case .clearFilter: return clearFilter()
        case .find: beginFind()
        case .findNext: return findAgain(1)
        case .findPrevious: return findAgain(-1)
        case .problemsOnly: return rearrange { $0.narrowing.toggleProblemsOnly() }
        case .hideAcknowledged: return rearrange { $0.narrowing.toggleAcknowledged() }
        case .narrowBackend: return narrow()
        case .sort: layers.push(SortPicker(self))
        case .sortNext, .sortRight: return sort(by: 1)
        case .sortLeft: return sort(by: -1)
        case .sortReverse:
            return rearrange { $0.ordering.reverse() } + keepArrangement()
        case .mark: return mark()
        case .markAll: return markAll()
        case .unmarkAll:
            panes[paneIndex].marking.clear()
            return marksChanged(paneIndex)
        case .markRange: return markRange()
        case .markPattern: layers.push(FilterPrompt(for: .mark))
        case .columns: layers.push(ColumnList())
        case .views: layers.push(ViewList())
        case .saveView: layers.push(FilterPrompt(for: .name))
        case .refresh: return refresh(kindsInFront)
        case .refreshAll: return refresh(nil)
        case .since: layers.push(SincePage(sinceLooked.net.sorted))
        case .looked: return looked()
        case .timeline: return showTimeline()
        case .earlier: return travel(.earlier)
        case .later: return isPast ? travel(.later) : sayNow()
        case .quarterEarlier: return travel(by: -900)
        case .quarterLater: return isPast ? travel(by: 900) : sayNow()
        case .difference: return showDifference()
        case .handoff: return showHandoff()
        case .palette: layers.push(Palette())
        case .help: layers.push(Help())
        case .health: layers.push(HealthPage())
        case .audit:
            // What waits for somebody comes first.
            layers.push(AuditPage(isUnknownOnly: unknownOutcomes > 0))
            return [.readAudit]
        case .pictures: return openPictures()
        case .themes: layers.push(ThemePicker(self))
        case .themeNext:
            themeChoice.chooseNext()
            return keepTheme()
        case .mouse:
            toggleMouse()
            showMessage(.plain, isMouseOn ? "mouse on: hold shift to select text" : "mouse off")
            return [.setMouse(isMouseOn)]
        case .reload: return [.reload]
        case .wallboard:
            // Where nothing can be changed anyway, nothing is lost by it.
            if isReadOnly { return showScreen() }
            layers.push(SealDialog())
        case .nextPage, .previousPage, .pause: break
        case .dryRun: arm()
        case .redraw, .check, .retry, .forget, .accept, .yes, .nextField, .previousField, .toggle, .mine,
            .editExternally, .undo:
            break
        case .zoomIn, .zoomOut, .savePicture: break
        }
        return []
    }

    /// Changes how the current pane is shown, and arranges it again.
    mutating func rearrange(_ change: (inout PaneState) -> Void) -> [Effect] {
        change(&panes[paneIndex])
        return arrange(paneIndex)
    }

    private mutating func refresh(_ kinds: Set<ResourceKind>?) -> [Effect] {
        let waiting = backends.filter { backend in
            backend.probe.askedAt != nil
                || backend.health.contains { $0.value.askedAt != nil && kinds?.contains($0.key) ?? true }
        }
        forgive()
        refreshSoon(kinds)
        let names = waiting.map(\.name).joined(separator: ", ")
        showMessage(.plain, names.isEmpty ? "asking" : "asking; still waiting for \(names)")
        var effects = dueEffects()
        if let collection, kinds != nil { effects += ask(collection) }
        for index in details.indices { effects += askDetail(index) + refreshBranches(of: index) }
        return effects
    }

    private mutating func mark() -> [Effect] {
        guard details.isEmpty, let cursor = pane.cursor else { return [] }
        panes[paneIndex].marking.toggle(cursor)
        return move(1) + marksChanged(paneIndex)
    }

    private mutating func markAll() -> [Effect] {
        guard details.isEmpty else { return [] }
        let arrangement = pane.arrangement
        panes[paneIndex].marking.add(0..<arrangement.count, of: arrangement)
        let folded = Quantity.count(arrangement.folded)
        let rest = arrangement.folded > 0 ? "; \(folded) folded rows are not" : ""
        showMessage(.plain, "\(Quantity.count(pane.marks.count)) marked\(rest)")
        return marksChanged(paneIndex)
    }

    /// Marks everything from where it was pressed first to where it is pressed again.
    private mutating func markRange() -> [Effect] {
        guard details.isEmpty, let cursor = pane.cursor else { return [] }
        guard panes[paneIndex].marking.range(cursor, in: pane.arrangement) else {
            let key = keymap.spelling(of: .own(.markRange), in: [.table]) ?? ""
            showMessage(.plain, "marking from here: go to the other end and press \(key) again", stays: true)
            return []
        }
        showMessage(.plain, "\(Quantity.count(pane.marks.count)) marked")
        return marksChanged(paneIndex)
    }

    private mutating func narrow() -> [Effect] {
        let next: BackendID? =
            switch pane.backend {
            case nil: backends.first?.id
            case .some(let id): Int(id.index) + 1 < backends.count ? BackendID(Int(id.index) + 1) : nil
            }
        showMessage(.plain, next.flatMap(backend).map { "only \($0.name)" } ?? "all backends")
        return rearrange { $0.narrowing.show(only: next) }
    }

    /// Groups the rows by the next of what they can be grouped by, and in the end not at all.
    private mutating func group() -> [Effect] {
        let keys = pane.pane.groupings.map(\.key)
        let next = pane.grouping.flatMap(keys.firstIndex).map { $0 + 1 } ?? 0
        let column = next < keys.count ? pane.pane.groupings[next] : nil
        showMessage(.plain, column.map { "grouped by \($0.title.lowercased())" } ?? "not grouped")
        return rearrange { $0.ordering.group(by: column?.key) }
    }

    private mutating func clearFilter() -> [Effect] {
        rearrange { $0.narrowing.clear() }
    }

    /// Sorts by the column beside the one that is sorted by.
    private mutating func sort(by step: Int) -> [Effect] {
        let columns = pane.visiblePane.columns.filter { $0.key != pane.grouping && $0.key != .trend }
        guard !columns.isEmpty else { return [] }
        let current = pane.order.first.flatMap { key in columns.firstIndex { $0.key == key.field } }
        let first = step > 0 ? 0 : columns.count - 1
        return sort(by: columns[current.map { ($0 + step + columns.count) % columns.count } ?? first])
    }

    /// Sorts by a column, and keeps that.
    mutating func sort(by column: PaneColumn) -> [Effect] {
        // A picture has no order.
        if column.key == .trend { return [] }
        return rearrange { $0.ordering.sort(by: column) } + keepArrangement()
    }
}
