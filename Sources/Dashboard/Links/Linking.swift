internal import Domain
internal import Filter
internal import Links

/// What is found over the rows of all servers, and how far the question for it has come.
struct Linking: Sendable {
    /// Whether anything is looked for.
    let isOn: Bool
    /// What is linked, as it was found last.
    private(set) var network = Network.empty
    /// What stands for others that several servers see.
    private(set) var doubles: Doubles?
    /// Who is hit by all that is wrong.
    private(set) var toll = Toll()
    /// What servers say otherwise of one thing, for longer than they take to notice.
    private(set) var conflicts: [EntityRef: Conflict] = [:]
    private var disagreements = Conflicts()
    /// Whether each server's row is shown, also where they are one thing.
    private(set) var showsApart = false
    private var questions = Questions()
    /// Which lists could be believed when it was asked last.
    private var trust: [Bool] = []

    init(isOn: Bool) { self.isOn = isOn }

    /// Asks once more.
    ///
    /// - Returns: the number of the question; nil while another one is being answered, and where nothing is linked.
    ///
    /// - Parameter trust: which lists can be believed now.
    mutating func ask(_ trust: [Bool]) -> Int? {
        guard isOn else { return nil }
        self.trust = trust
        return questions.ask()
    }

    /// Whether what was found is of all that can be believed now, so that nothing is about to be folded or merged.
    func isSettled(_ trust: [Bool]) -> Bool {
        !isOn || !questions.isPending && !network.feeds.isEmpty && trust == self.trust
    }

    /// Whether other lists can be believed than when it was asked last: by time alone, what is read no more gets stale.
    func isOutdated(_ trust: [Bool]) -> Bool { isOn && !network.feeds.isEmpty && trust != self.trust }

    /// Takes what was found; what is outdated is better than nothing, and asked for again.
    mutating func answered(_ question: Int, _ found: Linked, now: Instant) -> Answer {
        let answer = questions.answered(question)
        if case .unasked = answer { return answer }
        network = found.network
        doubles = found.doubles
        toll = found.toll
        disagreements.update(network, now: now)
        conflicts = [:]
        for conflict in disagreements.current {
            for voice in conflict.voices { conflicts[voice.entity] = conflict }
        }
        return answer
    }

    /// Shows each server's row, or one for each thing.
    mutating func toggleApart() { showsApart.toggle() }
}
