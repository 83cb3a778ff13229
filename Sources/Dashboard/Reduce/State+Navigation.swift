import Domain

extension State {
    mutating func move(_ step: Int) -> [Effect] {
        if details.isEmpty {
            let row = pane.cursorRow
            panes[paneIndex].moveCursor(to: row.addingClamped(step), page: layout.rows)
        } else {
            moveFocus(by: step)
        }
        return []
    }

    /// Moves the cursor for a key that does nothing else.
    mutating func moveAlone(_ rows: Int) -> [Effect] {
        if details.isEmpty { countMove() }
        return move(rows)
    }

    /// Goes to a place and remembers it.
    mutating func go(to place: Place) -> [Effect] {
        if place.pane != self.place.pane { pin.focus(false) }
        history.go(to: place)
        return arrive()
    }

    /// Shows what is where the operator has come to.
    mutating func arrive() -> [Effect] {
        // The outcome of a command waits below whatever led here.
        layers.removeAll { !($0 is CommandDialog) }
        let earlier = details
        var effects = visit(place.pane)
        details = place.path.map { entity in
            details.first { $0.entity == entity } ?? opened(entity)
        }
        effects += cancelLive(leaving: earlier)
        for index in details.indices {
            relate(index)
            if details[index].detail == nil { effects += askDetail(index) }
        }
        scrollIntoView()
        hastenStale()
        return effects + askEarlier() + askCharts() + dueEffects()
    }

    /// What comes on the screen and was never read, or failed long ago, is asked for at once.
    private mutating func hastenStale() {
        let kinds = kindsInUse
        for index in backends.indices { backends[index].hastenUnread(kinds, now: now) }
    }

    mutating func step(_ step: Int) -> [Effect] {
        let tabs = panes.map(\.pane.name).filter { $0.collection == nil && !$0.isBelow }
        let open = tabs.firstIndex(of: place.pane.tab) ?? 0
        return go(to: Place(pane: tabs[(open + step + tabs.count) % tabs.count]))
    }

    mutating func travel(_ step: Int) -> [Effect] {
        pin.focus(false)
        return history.move(step) ? arrive() : []
    }

    mutating func open() -> [Effect] {
        let entity = details.isEmpty ? pane.cursor : details.last.flatMap { linkUnderCursor(of: $0) }
        guard let entity else {
            if let field = maskedField {
                layers.push(RevealDialog(field.entity, field: field.name))
                return []
            }
            showMessage(.plain, details.isEmpty ? "there is nothing here to open" : "this line leads nowhere")
            return []
        }
        if let effects = openBrowsed(entity) { return effects }
        return go(to: Place(pane: place.pane, path: place.path.filter { $0 != entity } + [entity]))
    }

    /// Gives up what the opened entity is being asked, else leaves it, else takes the marks away, else the filter.
    mutating func back() -> [Effect] {
        if let effects = cancelLive() ?? stopBrowsing() { return effects }
        if !place.path.isEmpty { return go(to: Place(pane: place.pane, path: place.path.dropLast())) }
        if !pane.marks.isEmpty { return run(.own(.unmarkAll)) }
        if pane.isNarrowed { return run(.own(.clearFilter)) }
        if isPinInFront { return focusPin(false) }
        if isPast { return endPast() }
        return leaveCollection() ?? []
    }
}

extension Int {
    func addingClamped(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : sum
    }
}
