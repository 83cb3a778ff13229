internal import CLinux
internal import Synchronization

/// The claims as this process knows them: what the store has, and what it does not have yet.
///
/// Used from any task: what an operator does is seen at once, whatever the database does.
final class ClaimShelf: Sendable {
    /// A step that the store does not have yet.
    private struct Waiting {
        let step: ClaimStep
        var place: Place
    }

    private enum Place {
        /// On its way to the file: nobody delivers it before it is there, or never will be.
        case coming
        case inFile
        /// The file can't have it.
        case here
    }

    private struct Known {
        var stored: [TeamClaim] = []
        var waiting: [Waiting] = []
        var problem: String? = "the team's store was not reached yet"
        var mayClaim: Bool?
        var told: TeamClaims?
    }

    private let known = Mutex(Known())
    /// Held while something is said, so that what is said last is the newest.
    private let telling = Mutex(())
    private let report: @Sendable (TeamClaims) -> Void
    let file: ClaimFile

    init(_ file: ClaimFile, report: @escaping @Sendable (TeamClaims) -> Void) {
        self.file = file
        self.report = report
    }

    /// Takes up what processes of this operator could not deliver.
    func takeUp() {
        let steps = file.steps
        known.withLock { known in
            let own = Set(known.waiting.map(\.step))
            known.waiting =
                steps.filter { !own.contains($0) }.map { Waiting(step: $0, place: .inFile) } + known.waiting
        }
        tell()
    }

    /// Does steps here; they wait for the store.
    func add(_ steps: [ClaimStep]) {
        known.withLock { $0.waiting += steps.map { Waiting(step: $0, place: .coming) } }
        // Seen at once: the file may be another process's that delivers.
        tell()
        for step in steps {
            let place: Place = file.add(step) ? .inFile : .here
            known.withLock { known in
                let isStep: (Waiting) -> Bool = { $0.step == step && $0.place == .coming }
                // It may have been delivered from the file already.
                if let index = known.waiting.firstIndex(where: isStep) { known.waiting[index].place = place }
            }
        }
    }

    /// The steps that are to be delivered, and those that another process delivered: the file has them no more.
    ///
    /// - Parameter steps: what the file has; nil where it can't be read now.
    func due(_ steps: [ClaimStep]?) -> (due: [ClaimStep], gone: [ClaimStep]) {
        known.withLock { known in
            let met = Set(steps ?? [])
            func waiting(_ place: Place) -> [ClaimStep] {
                known.waiting.filter { $0.place == place && !met.contains($0.step) }.map(\.step)
            }
            return ((steps ?? []) + waiting(.here), steps == nil ? [] : waiting(.inFile))
        }
    }

    /// Whether anything waits that can be delivered.
    var isWaiting: Bool { known.withLock { $0.waiting.contains { $0.place != .coming } } }

    /// The store has some steps now.
    func delivered(_ steps: [ClaimStep]) {
        let gone = Set(steps)
        known.withLock { known in known.waiting.removeAll { gone.contains($0.step) } }
    }

    /// Takes what the store has, and why it may not have everything.
    func stored(_ claims: [TeamClaim], mayClaim: Bool, trouble: String? = nil) {
        known.withLock { known in
            // What was measured again is no news.
            let before = Dictionary(known.stored.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            known.stored = claims.map { $0.steadied(by: before[$0.id]) }
            known.mayClaim = mayClaim
            known.problem =
                claims.count >= ClaimTable.most ? "there are too many claims to show all" : trouble
        }
        tell()
    }

    /// The store is lost: what it had may have changed since.
    func lost(_ words: String) {
        known.withLock { $0.problem = words }
        tell()
    }

    /// Says what holds now, unless nothing changed.
    private func tell() { telling.withLock { _ in tellInOrder() } }

    private func tellInOrder() {
        let now = clinux_boot_nanoseconds()
        let wall = clinux_wall_nanoseconds() / 1_000_000_000
        let news = known.withLock { known -> TeamClaims? in
            var claims = known.stored
            for waiting in known.waiting { waiting.step.apply(to: &claims, now: now, wall: wall) }
            claims.removeAll { $0.endsAt.map { $0 <= now } ?? false }
            claims.sort { ($0.madeAt, $0.id) < ($1.madeAt, $1.id) }
            let all = TeamClaims(claims: claims, problem: known.problem, mayClaim: known.mayClaim)
            guard all != known.told else { return nil }
            known.told = all
            return all
        }
        if let news { report(news) }
    }
}

extension TeamClaim {
    /// The same claim with the moments that it had, where they differ by no more than a connection takes.
    fileprivate func steadied(by earlier: TeamClaim?) -> TeamClaim {
        guard let earlier else { return self }
        var claim = self
        if abs(earlier.madeAt - madeAt) < 1_500_000_000 { claim.madeAt = earlier.madeAt }
        if let end = endsAt, let before = earlier.endsAt, abs(before - end) < 1_500_000_000 {
            claim.endsAt = before
        }
        return claim
    }
}
