import Filter
import Canvas
import Domain

/// The second line: the panes with their keys and how many rows each has.
///
/// Where room is short, the names of tabs further away give way first, then tabs without a key of their own, then
/// counts of panes that count nothing wrong, then more tabs. What is open, the alerts and the devices stay as they are.
struct TabLine {
    let state: State

    func draw(in frame: inout Frame, _ rect: Rect) {
        guard !rect.isEmpty else { return }
        frame.fill(rect, Theme.style(.tab))
        for tab in tabs {
            frame.put(
                tab.text, rect.x + tab.x, rect.y, tab.isOpen ? .tabActive : .tab, width: rect.maxX - tab.x)
        }
    }

    /// One tab on the screen.
    struct Tab {
        var pane: PaneName
        var text: String
        var x: Int
        var isOpen: Bool
    }

    /// The tabs that fit, the open one always among them; a sign stands where some are left out.
    var tabs: [Tab] {
        let labels = fitted
        var tabs: [Tab] = []
        var x = 0
        func add(_ index: Int, _ text: String, isOpen: Bool = false) {
            tabs.append(Tab(pane: labels[index].pane, text: text, x: x, isOpen: isOpen))
            x += CharacterWidth.of(text)
        }
        var gap: Int?
        for (index, label) in labels.enumerated() {
            guard label.isShown else {
                gap = gap ?? index
                continue
            }
            // A click on the sign goes to the nearest of those that it stands for.
            if gap != nil { add(index - 1, tabs.isEmpty ? TabLabel.before : TabLabel.between) }
            gap = nil
            add(index, label.text, isOpen: label.isOpen)
        }
        if let gap { add(gap, TabLabel.after) }
        return tabs
    }

    /// The labels of all panes, each as far as there is room for it.
    private var fitted: [TabLabel] {
        var labels = self.labels
        let width = state.size.width
        guard TabLabel.width(of: labels) > width else { return labels }
        let open = labels.firstIndex(where: \.isOpen) ?? 0
        let far = labels.indices.filter { !labels[$0].isFirm }.sorted {
            (abs($0 - open), $0) > (abs($1 - open), $1)
        }
        func shrink(_ indices: [Int], _ change: (inout TabLabel) -> Void) {
            for index in indices where TabLabel.width(of: labels) > width { change(&labels[index]) }
        }
        shrink(far) { $0.isShort = true }
        shrink(far.filter { labels[$0].key == nil }) { $0.isShown = false }
        shrink(far.filter { !labels[$0].isTally }) { $0.isCounted = false }
        shrink(far) { $0.isShown = false }
        // On the smallest screens: the devices, the alerts, and last the count of what is open.
        shrink([PaneName.devices, .alerts].compactMap { name in labels.firstIndex { $0.pane == name } }) {
            if !$0.isOpen { $0.isShown = false }
        }
        // What gave way before something larger did may have room again, the nearest first.
        func grow(_ change: (inout TabLabel) -> Void) {
            for index in far.reversed() where labels[index].isShown {
                let before = labels[index]
                change(&labels[index])
                if TabLabel.width(of: labels) > width { labels[index] = before }
            }
        }
        grow { $0.isCounted = true }
        grow { $0.isShort = false }
        return labels
    }

    private var labels: [TabLabel] {
        state.panes.map(\.pane).filter { $0.name.collection == nil && !$0.name.isBelow }.map { pane in
            let count = pane.name == .overview ? Count() : state.rowCount(pane)
            return TabLabel(
                pane: pane.name, key: state.keymap.spelling(of: .pane(pane.name), in: [.table, .global]),
                count: count.value > 0 ? count.text : nil,
                isTally: state.backends.contains { backend in
                    backend.resources.contains { $0.tally != nil && pane.kinds.contains($0.kind) }
                },
                isOpen: pane.name == state.place.pane.tab)
        }
    }
}

/// The label of one tab, whole or with less than it would say.
private struct TabLabel {
    /// The signs for tabs that are left out.
    static let before = " ‹", between = " …", after = " ›"
    /// A name that is longer is cut to so many letters and a dot.
    private static let longest = 5

    let pane: PaneName
    /// The key that leads to it; nil where only the neighbours of the pane do.
    let key: String?
    /// How many rows it has; nil where nothing is to be said.
    let count: String?
    /// Whether its rows are counted for what is wrong.
    let isTally: Bool
    let isOpen: Bool
    var isShort = false
    var isCounted = true
    var isShown = true

    /// Whether it stays as it is while anything else can give way.
    var isFirm: Bool { isOpen || pane == .alerts || pane == .devices }

    /// Columns of what it may say, measured once: labels are fitted at every key.
    private let nameWidth: Int, countWidth: Int, keyWidth: Int

    init(pane: PaneName, key: String?, count: String?, isTally: Bool, isOpen: Bool) {
        self.pane = pane
        self.key = key
        self.count = count
        self.isTally = isTally
        self.isOpen = isOpen
        nameWidth = CharacterWidth.of(pane.rawValue)
        countWidth = count.map { CharacterWidth.of($0) + 1 } ?? 0
        keyWidth = key.map { CharacterWidth.of($0) + 1 } ?? 0
    }

    private var isCut: Bool { isShort && nameWidth > Self.longest }

    var text: String {
        let name = pane.rawValue
        let words = [key, isCut ? name.prefix(Self.longest - 1) + "." : name, isCounted ? count : nil]
        return " \(words.compactMap { $0 }.joined(separator: " ")) "
    }

    /// The columns of its text.
    var width: Int { 2 + keyWidth + (isCut ? Self.longest : nameWidth) + (isCounted ? countWidth : 0) }

    /// The columns that labels take together, with the signs for those that are left out.
    static func width(of labels: [TabLabel]) -> Int {
        var width = 0
        var isGap = false
        for label in labels {
            if label.isShown {
                width += label.width
            } else if !isGap {
                width += after.utf16.count
            }
            isGap = !label.isShown
        }
        return width
    }
}
