/// The queue before one backend: how many requests run at once, and who goes next.
///
/// Lower priorities go first, equals in the order they came. What is not on screen (a priority above 0)
/// leaves one place free, so that a key press never waits for a slow sweep.
struct Lane<Element> {
    /// How many run at once.
    let width: Int
    /// How many run now.
    private(set) var running = 0
    /// The next one is the last.
    private var waiting: [(priority: Int, element: Element)] = []

    init(width: Int) { self.width = max(1, width) }

    var isIdle: Bool { running == 0 && waiting.isEmpty }

    mutating func add(_ element: Element, priority: Int) {
        let place = waiting.firstIndex { $0.priority <= priority } ?? waiting.endIndex
        waiting.insert((priority, element), at: place)
    }

    /// Lets the next one run, if there is a place for it.
    mutating func admit() -> Element? {
        guard let next = waiting.last else { return nil }
        let places = next.priority > 0 ? max(1, width - 1) : width
        guard running < places else { return nil }
        waiting.removeLast()
        running += 1
        return next.element
    }

    /// One that ran is done.
    mutating func leave() { running -= 1 }

    /// Takes one that waits out of the queue.
    mutating func withdraw(where matches: (Element) -> Bool) -> Element? {
        guard let place = waiting.firstIndex(where: { matches($0.element) }) else { return nil }
        return waiting.remove(at: place).element
    }

    /// Takes out all that wait, in the order in which they would have run.
    mutating func withdrawAll() -> [Element] {
        defer { waiting = [] }
        return waiting.reversed().map(\.element)
    }
}
