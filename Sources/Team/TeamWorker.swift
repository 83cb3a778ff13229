internal import CLinux
internal import Glibc
internal import Synchronization

/// What the store's thread does: it joins, serves who asks, and joins again when the team was lost.
///
/// Used on that thread alone.
final class TeamWorker {
    /// A question that could not be answered yet.
    private struct Waiting {
        let number: Int
        let question: TeamQuestion
        let continuation: CheckedContinuation<TeamReply, Never>
        /// When it was asked.
        let askedAt: Int64
        /// When nobody is waited for any more.
        let end: Int64
        /// When it is tried again by itself: whoever fetches may have died, and then nobody says so.
        var retryAt: Int64
        /// When it gives up, if it only reads, and nobody fetches.
        let graceEnd: Int64
    }

    /// Seconds that connecting may take: the first time, while questions wait for it, and later.
    private static let firstPatience = 3.0
    private static let patience = 5.0
    private static let longestBackOff = 60.0
    /// A connection that lasted this long was a good one.
    private static let goodLength: Int64 = 30_000_000_000
    private static let retry = 0.5
    private static let beat = 10.0

    private let store: TeamStore
    private var isFirst = true
    private var failures = 0
    private var waiting: [Waiting] = [] {
        didSet { store.desk.withLock { $0.waiting = waiting.count } }
    }
    private var held: Set<String> = []
    /// When the last answer that was had was asked for, by request, in the database's seconds.
    private var had: [String: Double] = [:]
    private var longestLag = 0.0
    private var shares = false

    init(_ store: TeamStore) { self.store = store }

    private var now: Int64 { clinux_boot_nanoseconds() }
    private var isClosed: Bool { store.desk.withLock { $0.door == .closed } }

    /// Goes on until the store is closed.
    func run() {
        while !isClosed {
            let joinedAt: Int64
            do throws(TeamError) {
                let link = try join()
                joinedAt = now
                do throws(TeamError) {
                    try serve(link)
                    leave(link)
                    return
                } catch {
                    if now - joinedAt > Self.goodLength { failures = 0 }
                    lose(error)
                }
            } catch {
                lose(error)
            }
            rest()
        }
    }

    private func lose(_ error: TeamError) {
        store.shut(error.words)
        for one in waiting {
            one.continuation.resume(
                returning: .alone(within: TeamStore.spread(one.question), keeps: false))
        }
        waiting = []
        held = []
        had = [:]
    }

    /// Waits longer each time, and not as long as others do.
    private func rest() {
        let longest = min(Self.longestBackOff, Double(1 << min(failures, 10)))
        failures += 1
        let end = now + Int64(longest * Double.random(in: 0.5...1.5) * 1e9)
        while !isClosed, now < end {
            var bell = store.bell
            _ = clinux_wait(&bell, 1, end - now)
            clinux_bell_silence(store.bell)
        }
    }

    // MARK: Joining

    private func join() throws(TeamError) -> TeamLink {
        let patience = isFirst ? Self.firstPatience : Self.patience
        isFirst = false
        let link = try TeamLink.connect(
            store.settings.parameters(name: "nocturne \(store.member.name)", patience: Int(patience)),
            within: patience)
        // A host that is gone must not hold what others wait for.
        try link.runAll(
            """
            SET search_path = pg_catalog; SET statement_timeout = '5s'; SET lock_timeout = '2s';
            SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3;
            """, within: TeamLink.patience)
        _ = try TeamSchema.check(link)
        let facts = try link.run(
            "SELECT (SELECT salt FROM nocturne.team), \(TeamSchema.mayShare)")
        guard let row = facts.first, let salt = row.bytes(0) else {
            throw TeamError(.schema, "the tables of nocturne are not whole: run nocturne team migrate")
        }
        shares = row.flag(1)
        try link.run("LISTEN \(TeamSchema.channel)")
        if shares {
            try link.run(
                """
                INSERT INTO nocturne.screens (pid, name, version, servers, joined_at, seen_at)
                VALUES (pg_backend_pid(), $1, $2, $3, clock_timestamp(), clock_timestamp())
                ON CONFLICT (pid) DO UPDATE SET name = excluded.name, version = excluded.version,
                    servers = excluded.servers, joined_at = excluded.joined_at, seen_at = excluded.seen_at,
                    taken = 0, fetched = 0, lag = 0
                """,
                [
                    .text(store.member.name), .text(store.member.version),
                    .text(store.member.servers.joined(separator: " ")),
                ])
        }
        store.open(salt: salt, shares: shares)
        return link
    }

    private func leave(_ link: TeamLink) {
        for one in waiting { one.continuation.resume(returning: .alone(within: 0, keeps: false)) }
        waiting = []
        guard shares else { return }
        _ = try? link.run("DELETE FROM nocturne.screens WHERE pid = pg_backend_pid()", within: 0.3)
    }

    // MARK: Serving

    private func serve(_ link: TeamLink) throws(TeamError) {
        let own = try link.run("SELECT pg_backend_pid()").first?.whole(0) ?? 0
        var beatAt = now + Int64(Self.beat * 1e9)
        var tidyAt = now + Int64(Double.random(in: 5...60) * 1e9)
        while !isClosed {
            let due = waiting.reduce(min(beatAt, tidyAt)) { min($0, $1.retryAt, $1.end) }
            link.waitForNews(or: store.bell, until: due)
            clinux_bell_silence(store.bell)
            try hear(try link.notifications(), own, link)
            let jobs = store.desk.withLock { desk in
                defer { desk.jobs = [] }
                return desk.jobs
            }
            try perform(jobs, link)
            try retryWaiting(link) { $0.retryAt <= now || $0.end <= now }
            if now >= beatAt {
                beatAt = now + Int64(Self.beat * 1e9)
                try tellCounts(link)
            }
            if now >= tidyAt {
                tidyAt = now + Int64(Double.random(in: 45...90) * 1e9)
                if shares { try TeamAnswers.tidy(link) }
            }
        }
    }

    /// Takes what others say: `a:KEY:LIST:MOMENT` that an answer is there and when it was asked for, `f:KEY:` that there
    /// will be none.
    private func hear(
        _ news: [(text: String, sender: Int32)], _ own: Int64, _ link: TeamLink
    ) throws(TeamError) {
        for (text, sender) in news {
            let parts = text.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
            guard parts.count >= 3, Int64(sender) != own else { continue }
            let key = String(parts[1])
            if parts[0] == "f" {
                waiting.removeAll { one in
                    guard one.question.key.text == key else { return false }
                    one.continuation.resume(
                        returning: .alone(within: TeamStore.briefSpread(one.question), keeps: false))
                    return true
                }
                continue
            }
            try retryWaiting(link, isTold: true) { $0.question.key.text == key }
            // On a busy machine it may come after the answer was taken: that one is not asked for once more.
            let isHad = parts.count > 3 && Double(parts[3]).map { $0 <= had[key] ?? 0 } ?? false
            if !parts[2].isEmpty, !isHad { store.renewed(key, String(parts[2])) }
        }
    }

    private func perform(_ jobs: [TeamStore.Job], _ link: TeamLink) throws(TeamError) {
        for (place, job) in jobs.enumerated() {
            do throws(TeamError) {
                try perform(job, link)
            } catch {
                // The one that failed was answered; those behind it were not.
                store.turnAway(Array(jobs.dropFirst(place + 1)), within: nil)
                throw error
            }
        }
    }

    private func perform(_ job: TeamStore.Job, _ link: TeamLink) throws(TeamError) {
        switch job {
        case .find(let number, let question, let continuation):
            let limit = min(30, question.interval) * Double.random(in: 1...1.5)
            let one = Waiting(
                number: number, question: question, continuation: continuation, askedAt: now,
                end: now + Int64(limit * 1e9), retryAt: now, graceEnd: now + Int64(question.grace * 1e9))
            waiting.append(one)
            try retryWaiting(link) { $0.number == number }
        case .ready(let continuation): continuation.resume()
        case .leave(let number):
            waiting.removeAll { one in
                guard one.number == number else { return false }
                one.continuation.resume(returning: .alone(within: 0, keeps: false))
                return true
            }
        case .keep(let answer, let holdsLock):
            guard shares else { return }
            let moment = try TeamAnswers.keep(answer, by: store.member.name, link)
            had[answer.key.text] = moment
            store.counts.fetched.add(1, ordering: .relaxed)
            if holdsLock { held.remove(answer.key.text) }
            try TeamAnswers.announce(
                answer.key, "a", answer.isFirst ? answer.list : "", at: moment, unlocks: holdsLock, link)
        case .release(let key, let why):
            guard held.remove(key.text) != nil else { return }
            if case .failed = why {
                try TeamAnswers.announce(key, "f", unlocks: true, link)
            } else {
                try link.run("SELECT pg_advisory_unlock($1::bigint)", [.whole(key.lock)])
            }
        }
    }

    // MARK: Waiting

    /// Looks again for those who wait; whoever fails with the connection is told so by `lose`.
    private func retryWaiting(
        _ link: TeamLink, isTold: Bool = false, where isDue: (Waiting) -> Bool
    ) throws(TeamError) {
        for number in waiting.filter(isDue).map(\.number) {
            guard let place = waiting.firstIndex(where: { $0.number == number }) else { continue }
            let one = waiting[place]
            guard let reply = try reply(to: one, link) else {
                waiting[place].retryAt = now + Int64(Self.retry * Double.random(in: 0.8...1.3) * 1e9)
                continue
            }
            waiting.remove(at: place)
            if case .answer(let row) = reply {
                had[one.question.key.text] = row.moment
                store.counts.taken.add(1, ordering: .relaxed)
                if isTold { longestLag = max(longestLag, row.lag) }
            }
            one.continuation.resume(returning: reply)
        }
    }

    private func reply(to one: Waiting, _ link: TeamLink) throws(TeamError) -> TeamReply? {
        let key = one.question.key
        // What was asked for after the question is new enough, however long it took.
        let age = min(one.question.interval, one.question.age + Double(now - one.askedAt) / 1e9)
        if let found = try TeamAnswers.find(key, younger: age, link) { return .answer(found) }
        if now >= one.end { return .alone(within: 0, keeps: shares) }
        if !shares {
            if now >= one.graceEnd, try !TeamAnswers.isLocked(key, link) {
                // All who only read come to this at once, as where the database takes nothing any more.
                return .alone(within: TeamStore.briefSpread(one.question), keeps: false)
            }
            return nil
        }
        guard !held.contains(key.text) else { return nil }
        let isOurs = try link.run("SELECT pg_try_advisory_lock($1::bigint)", [.whole(key.lock)])
        guard isOurs.first?.flag(0) == true else { return nil }
        // Between the look and the lock somebody may have stored it.
        if let found = try TeamAnswers.find(key, younger: age, link) {
            try link.run("SELECT pg_advisory_unlock($1::bigint)", [.whole(key.lock)])
            return .answer(found)
        }
        held.insert(key.text)
        return .fetch
    }

    private func tellCounts(_ link: TeamLink) throws(TeamError) {
        guard shares else {
            // A connection that only listens must find out that it is lost.
            try link.run("SELECT 1")
            return
        }
        let (taken, fetched) = store.tally
        try link.run(
            """
            UPDATE nocturne.screens SET seen_at = clock_timestamp(), taken = $1::bigint, fetched = $2::bigint,
                lag = $3::float8 WHERE pid = pg_backend_pid()
            """, [.whole(Int64(taken)), .whole(Int64(fetched)), .number(longestLag)])
        longestLag = 0
    }
}
