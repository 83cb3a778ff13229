import Canvas
import Dashboard
import Domain
import Filter

/// What the devices are called that are down: a map says where and how many, but not which.
struct NamesDown {
    /// The columns of the longest name that is not cut.
    private static let longest = 40
    /// The blanks between two names.
    private static let gap = 2

    /// What may be read of them, in the order of the map; one that several servers know is there once.
    let names: [String]
    /// How many there are, as the map counts them.
    let count: Count
    /// How many may not be read.
    private let hidden: Int
    private let isLarge: Bool

    init(_ state: State, _ sites: [SiteMap], redactor: Redactor?) {
        let silent = Set(state.backends.filter { !state.isHeard($0) }.map(\.id))
        let spots = sites.flatMap { site in
            site.devices.filter { $0.status == .down && !silent.contains($0.backend) }
        }
        let shown = spots.map { spot -> String? in
            let name = state.shortNames?.short(spot.name) ?? spot.name
            guard let redactor else { return name }
            let resource = spot.entity.flatMap { state.backend(spot.backend)?.resource($0.kind) }
            guard let resource, let place = resource.index(of: resource.nameField) else { return nil }
            let shown = redactor.text(name, .text(spot.name), of: resource.fields[place], in: resource)
            return shown == Redactor.mask ? nil : shown
        }
        var seen: Set<String> = []
        names = shown.compactMap { $0 }.filter { seen.insert($0).inserted }
        hidden = shown.count { $0 == nil }
        count = Count(value: spots.count, isComplete: state.isComplete(.devices))
        isLarge = BigRows.fit(state)
    }

    /// The rows of the screen that all of them need, in letters of the usual size; 0 where nothing is down.
    func lines(width: Int) -> Int {
        guard count.value > 0 else { return 0 }
        let across = grid(width).across
        return 1 + max(1, (names.count + across - 1) / across)
    }

    private func grid(_ width: Int) -> (across: Int, width: Int) {
        let widest = min(Self.longest, names.map { CharacterWidth.of($0) }.max() ?? 1)
        let across = max(1, (width + Self.gap) / (widest + Self.gap))
        return (across, min(width, widest + Self.gap))
    }

    func draw(in frame: inout Frame, _ rect: Rect) {
        guard rect.height >= 2, count.value > 0 else { return }
        frame.put(
            [Piece("▼ \(count.text) ", .stateDown), Piece("DOWN", .textHeading)], rect.x, rect.y,
            width: rect.width)
        let area = Rect(rect.x, rect.y + 1, rect.width, rect.height - 1)
        if isLarge, drawLarge(in: &frame, area) { return }
        let (across, width) = grid(area.width)
        let room = across * area.height
        let shown = hidden > 0 || names.count > room ? min(names.count, room - 1) : names.count
        for place in 0..<max(0, shown) {
            let (x, y) = (area.x + place % across * width, area.y + place / across)
            frame.put(
                TextLayout.cutMiddle(names[place], to: width - Self.gap), x, y, .stateDown, width: width)
        }
        let left = names.count - max(0, shown) + hidden
        guard left > 0 else { return }
        let (x, y) = (area.x + max(0, shown) % across * width, area.y + max(0, shown) / across)
        let rest = Count(value: left, isComplete: count.isComplete)
        frame.put("+ \(rest.text) more", x, y, .textMuted, width: area.maxX - x)
    }

    /// Draws all of them in large letters, where they have room; false, with nothing drawn, where they have not.
    private func drawLarge(in frame: inout Frame, _ area: Rect) -> Bool {
        guard hidden == 0, let widest = names.map(BigText.width).max(), widest <= area.width
        else { return false }
        let across = max(1, (area.width + Self.gap) / (widest + Self.gap))
        guard (names.count + across - 1) / across * BigText.rows <= area.height else { return false }
        let texts = names.map { BigText($0, width: widest) }
        // A name in other letters than its own is another name.
        guard texts.allSatisfy(\.isWhole) else { return false }
        for (place, text) in texts.enumerated() {
            let x = area.x + place % across * (widest + Self.gap)
            text.draw(in: &frame, x, area.y + place / across * BigText.rows, .stateDown)
        }
        return true
    }
}
