package import Canvas
package import Domain
package import Filter

/// Showing a screen and closing it, and what one may do to the state.
extension State {
    /// Shows a screen; from here on nothing can be changed any more, for as long as the process lives.
    mutating func show(_ profile: any ScreenProfile, isFromDashboard: Bool) -> [Effect] {
        seal()
        sequence.end()
        let screen = profile.screen(isFromDashboard: isFromDashboard, in: self)
        setScreen(screen)
        messages.limit(until: now + screen.messageTime)
        return withScreen { $0.start(in: &$1) }
    }

    /// Shows the screen that a key brings; dialogs that have sent nothing are ended, what was sent goes on.
    mutating func showScreen() -> [Effect] {
        guard let profile else { return [] }
        var effects: [Effect] = [.seal]
        let open = sessions.values.filter { !$0.wasSent }.map(\.id).sorted()
        for id in open { sessions[id] = nil }
        effects += open.map { .forget(session: $0) }
        // The outcome of what was sent waits below the screen.
        let sent = Set(sessions.keys)
        layers.removeAll { layer in (layer as? CommandDialog).map { !sent.contains($0.id) } ?? true }
        effects += cancelLive() ?? []
        for index in backends.indices { backends[index].forgetRemembered() }
        messages.clear()
        return effects + show(profile, isFromDashboard: true)
    }

    /// Goes back to the dashboard as it was.
    private mutating func closeScreen(_ words: String) -> [Effect] {
        setScreen(nil)
        showMessage(.plain, words, stays: true)
        scrollIntoView()
        return panes.indices.flatMap { arrange($0) }
    }

    /// Gives what one read of the terminal gave to the screen: keys alone.
    mutating func pressOnScreen(_ inputs: [Input]) -> [Effect] {
        var effects: [Effect] = []
        for case .key(let key) in inputs {
            guard var screen, !screen.isLocked else { break }
            switch screen.press(key, in: &self) {
            case .stays(let more):
                setScreen(screen)
                effects += more
            case .closed(let words): effects += closeScreen(words)
            }
        }
        return effects
    }

    /// Has the screen change itself and the state; what it says of itself afterwards holds.
    mutating func withScreen(_ change: (inout any Screen, inout State) -> [Effect]) -> [Effect] {
        guard var screen else { return [] }
        let effects = change(&screen, &self)
        setScreen(screen)
        return effects
    }

    // MARK: For screens

    /// Chooses the theme at a place; the first where there is none.
    package mutating func chooseTheme(_ index: Int) {
        themeChoice.choose(index)
    }

    /// Looks up what a key means behind those of a sequence that is not complete.
    ///
    /// - Returns: the keys of the sequence with this one, and what they mean.
    package mutating func lookUp(_ key: Key, in contexts: [KeyContext]) -> (keys: [Key], match: Keymap.Match)
    {
        let keys = sequence.add(key, in: contexts)
        let match = keymap.match(keys, in: contexts)
        if match != .pending { sequence.end() }
        return (keys, match)
    }

    /// The pane of a name; one without rows where no backend offers it.
    package func pane(named name: PaneName) -> Pane {
        panes.first { $0.pane.name == name }?.pane
            ?? Pane(Pane.Usual(name: name, columns: [], sticky: 1, order: []), resources: [], nil)
    }

    /// The devices among some rows, by site.
    package func sites(of arrangement: Arrangement) -> [SiteMap] {
        SiteMap.all(arrangement, lateness: lateness)
    }
}

extension CommandSession {
    /// Whether anything of it was sent, so that it has to be heard to its end.
    fileprivate var wasSent: Bool {
        switch stage {
        case .sending, .checking, .done: true
        case .opening, .form, .editing, .preparing, .conflicting, .confirming, .repeating: false
        }
    }
}
