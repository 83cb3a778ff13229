import Domain

/// One line of the palette: an action with its key, and why it can't run now.
public struct PaletteEntry: Sendable, Equatable {
    /// What it does.
    public var action: Action
    /// What the line says.
    public var title: String
    /// Its key; nil when it is not bound.
    public var key: String?
    /// Why it can't run now; nil when it can.
    public var reason: String?
    /// The places of the characters of the title that what was typed matched.
    public var matched: [Int] = []
}

extension State {
    /// Actions that make sense only inside a dialog or a text, or on the wallboard.
    private static let hidden: Set<OwnAction> = [
        .accept, .cancel, .yes, .nextField, .previousField, .toggle, .check, .retry, .forget,
        .editExternally,
        .undo, .zoomIn, .zoomOut, .savePicture, .nextPage, .previousPage, .pause,
    ]

    /// Every action and pane that a text finds, the best first.
    public func paletteEntries(_ text: String) -> [PaletteEntry] {
        var actions: [(Action, String)] = panes.map { (.pane($0.pane.name), "Go to \($0.pane.name)") }
        var seen: Set<CommandKind> = []
        for command in backends.flatMap(\.commands) where seen.insert(command.kind).inserted {
            actions.append((.command(command.kind), command.title))
        }
        actions += OwnAction.allCases.filter { !Self.hidden.contains($0) }.map { (.own($0), $0.title) }
        // With 100,000 marks it takes a while to see what they are of: once is enough.
        let candidates = candidateKinds
        func reason(_ action: Action) -> String? {
            if case .command(let kind) = action { return reasonAgainst(command: kind, on: candidates) }
            return reasonAgainst(action)
        }
        let found = actions.compactMap { action, title -> (Int, PaletteEntry)? in
            guard let match = FuzzyMatch.find(text, in: title) ?? FuzzyMatch.find(text, in: action.name)
            else {
                return nil
            }
            let inTitle = FuzzyMatch.find(text, in: title)?.places ?? []
            let entry = PaletteEntry(
                action: action, title: title, key: keymap.spelling(of: action, in: paneContexts),
                reason: reason(action), matched: inTitle)
            return (match.score, entry)
        }.enumerated().sorted { ($1.element.0, $0.offset) < ($0.element.0, $1.offset) }.map(\.element.1)
        return searches(for: text, whereNothingElseIs: found.isEmpty) + found
    }
}

/// Finds the letters of a text in order in another; the closer together and the nearer to the start of words, the
/// better.
enum FuzzyMatch {
    static func find(_ text: String, in title: String) -> (score: Int, places: [Int])? {
        let wanted = Array(text.lowercased().filter { $0 != " " })
        guard !wanted.isEmpty else { return (0, []) }
        let letters = Array(title.lowercased())
        var best: (score: Int, places: [Int])?
        for start in letters.indices where letters[start] == wanted[0] {
            var places = [start]
            var place = start + 1
            while places.count < wanted.count, place < letters.count {
                if letters[place] == wanted[places.count] { places.append(place) }
                place += 1
            }
            guard places.count == wanted.count else { continue }
            let isWordStart = { (place: Int) in
                place == 0 || letters[place - 1] == " " || letters[place - 1] == "-"
            }
            let starts = places.count(where: isWordStart)
            let runs = zip(places, places.dropFirst()).count { $1 == $0 + 1 }
            let score = 8 * starts + 4 * runs - (places.last.map { $0 - start } ?? 0) - start / 4
            if score > best?.score ?? .min { best = (score, places) }
        }
        return best
    }
}
