internal import CLinux

/// What the ledger's thread does: it joins, delivers, answers, and joins again when the team was lost.
///
/// Used on that thread alone.
final class LedgerWorker {
    /// Seconds that connecting may take.
    private static let patience = 3.0
    private static let longestBackOff = 30.0
    /// A connection that lasted this long was a good one.
    private static let goodLength: Int64 = 30_000_000_000
    /// Seconds between two looks at the log for what other processes of this operator wrote.
    private static let look = 2.0
    private static let beat = 10.0

    private let ledger: TeamLedger
    private var outbox: RecordOutbox
    /// What commands may be about: others are none of this team's business.
    private let servers: Set<String>
    private var failures = 0
    /// Whether this account may add to the record.
    private var mayRecord = false
    private var mayClaim = false
    /// Whether claims may have changed since they were read.
    private var areClaimsOld = true
    private var pause = DeliveryPause()
    /// Who waits until all is delivered.
    private var settling: [OneReply<Bool>] = []
    /// When the team was made, in Unix seconds by the clock of this machine.
    private var madeAt: Int64 = 0

    init(_ ledger: TeamLedger) {
        self.ledger = ledger
        outbox = RecordOutbox(log: ledger.place.log, placeFile: ledger.placeFile)
        servers = Set(ledger.place.servers.values.filter { !$0.isEmpty })
    }

    private var now: Int64 { clinux_boot_nanoseconds() }
    private var wall: Int64 { clinux_wall_nanoseconds() / 1_000_000_000 }

    /// Goes on until the ledger is closed.
    func run() {
        ledger.shelf.takeUp()
        while !ledger.isClosed {
            var joinedAt = Int64.max
            do throws(TeamError) {
                let link = try join()
                joinedAt = now
                try serve(link)
            } catch {
                settled(false)
                if joinedAt < now - Self.goodLength { failures = 0 }
                ledger.shut(error.words)
                rest()
            }
        }
    }

    /// Waits longer each time, and not as long as others do.
    private func rest() {
        let longest = min(Self.longestBackOff, Double(1 << min(failures, 10)))
        failures += 1
        let end = now + Int64(longest * Double.random(in: 0.3...1) * 1e9)
        while !ledger.isClosed, now < end {
            var bell = ledger.bell
            _ = clinux_wait(&bell, 1, end - now)
            clinux_bell_silence(ledger.bell)
        }
    }

    private func join() throws(TeamError) -> TeamLink {
        // Not a name that begins as that of a screen: it would be counted as a second one.
        let name = "record of nocturne \(ledger.member.name)"
        let link = try TeamLink.connect(
            ledger.settings.parameters(name: name, patience: Int(Self.patience)), within: Self.patience)
        try link.runAll(
            """
            SET search_path = pg_catalog; SET statement_timeout = '5s'; SET lock_timeout = '2s';
            SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3;
            """, within: TeamLink.patience)
        _ = try TeamSchema.check(link)
        let facts = try link.run(
            """
            SELECT salt, extract(epoch FROM clock_timestamp() - made_at)::float8, \(TeamSchema.mayRecord),
                \(TeamSchema.mayClaim)
            FROM nocturne.team
            """)
        guard let row = facts.first, let salt = row.bytes(0) else {
            throw TeamError(.schema, "the tables of nocturne are not whole: run nocturne team migrate")
        }
        madeAt = wall - Int64((row.number(1) ?? 0).rounded(.up))
        mayRecord = row.flag(2)
        mayClaim = row.flag(3)
        areClaimsOld = true
        // Before they are read: what changes between the two is heard of.
        try link.run("LISTEN \(LedgerSchema.channel)")
        // The salt is no secret of anybody's and tells teams apart; a part of its digest is enough.
        outbox.open(team: Array(SHA256.digest(salt).prefix(8)).hex)
        ledger.open()
        return link
    }

    private func serve(_ link: TeamLink) throws(TeamError) {
        var beatAt = now + Int64(Self.beat * 1e9)
        var tidyAt = now + Int64(Double.random(in: 30...600) * 1e9)
        var hasMore = true
        // Whoever is answered knows the claims already.
        try bringClaims(link)
        while !ledger.isClosed {
            if !hasMore {
                let due = min(beatAt, tidyAt, pause.until(now) ?? .max, now + Int64(Self.look * 1e9))
                link.waitForNews(or: ledger.bell, until: due)
            }
            clinux_bell_silence(ledger.bell)
            if try !link.notifications().isEmpty { areClaimsOld = true }
            try perform(ledger.takeJobs(), link)
            hasMore = mayRecord && !pause.isOn(now) && outbox.isBehind ? try deliver(link) : false
            try bringClaims(link)
            // Who waits goes on waiting while the database takes nothing.
            if !hasMore, !mayRecord || pause.words == nil || !outbox.isBehind { settled(mayRecord) }
            if now >= beatAt {
                beatAt = now + Int64(Self.beat * 1e9)
                // A connection that only waits must find out that it is lost; what was not said is seen.
                areClaimsOld = true
            }
            if now >= tidyAt {
                tidyAt = now + Int64(Double.random(in: 3_000...4_000) * 1e9)
                if mayRecord { try tidy(link) }
            }
        }
        settled(false)
    }

    private func settled(_ isDelivered: Bool) {
        for reply in settling { reply.give(isDelivered) }
        settling = []
    }

    private func tidy(_ link: TeamLink) throws(TeamError) {
        do throws(TeamError) {
            try link.run("SELECT nocturne.tidy_ledger()", within: 8)
        } catch {
            // What is old stays for another hour.
            guard error.isAnswer else { throw error }
        }
    }

    private func perform(_ jobs: [TeamLedger.Job], _ link: TeamLink) throws(TeamError) {
        for (place, job) in jobs.enumerated() {
            switch job {
            case .settle(let reply): settling.append(reply)
            case .claims: break
            case .read(let question, let reply):
                do throws(TeamError) {
                    reply.give(.lines(try RecordTable.lines(question, link)))
                } catch {
                    reply.give(.away(error.words))
                    ledger.turnAway(Array(jobs.dropFirst(place + 1)), error.words)
                    throw error
                }
            }
        }
    }

    /// Delivers some lines of the log; whether there may be more.
    private func deliver(_ link: TeamLink) throws(TeamError) -> Bool {
        let (lines, end) = outbox.next()
        var isTaken = false
        for line in lines where line.time >= madeAt {
            // Who asks waits for one line at most, however far the database is.
            try perform(ledger.takeJobs(), link)
            // Of a log that several share, everybody delivers what is theirs.
            if line.part == .command, line.owner != ledger.place.user { continue }
            let server = line.server.isEmpty ? ledger.place.servers[line.backend] ?? "" : line.server
            if line.part == .command, !servers.contains(server) { continue }
            do throws(TeamError) {
                try RecordTable.add(line, server: server, age: Double(wall - line.time), link)
                isTaken = true
            } catch {
                guard !leavesOut("\(line.id) \(line.part.text)", "a command's line", error) else { continue }
                try hold(error)
                return false
            }
        }
        if isTaken, pause.took() { areClaimsOld = true }
        // A line that is still being written is no reason to look again at once.
        return outbox.keep(end) && outbox.isBehind
    }

    /// Whether something is not delivered at all; the operator is told.
    private func leavesOut(_ key: String, _ what: String, _ error: TeamError) -> Bool {
        guard pause.leavesOut(key, error) else { return false }
        ledger.complain("the team does not get \(what), which its store refuses: \(error.words)")
        return true
    }

    /// Delivers nothing for some time, and goes on reading; a connection that is lost is no matter of time.
    private func hold(_ error: TeamError) throws(TeamError) {
        guard error.isAnswer else { throw error }
        pause.begin(error, now: now)
        areClaimsOld = true
    }

    /// Delivers what waits of claims, and reads which hold.
    private func bringClaims(_ link: TeamLink) throws(TeamError) {
        var done: [ClaimStep] = []
        if mayClaim, !pause.isOn(now), ledger.shelf.isWaiting {
            done = try deliverClaims(link)
            if !done.isEmpty { areClaimsOld = true }
        }
        guard areClaimsOld else { return }
        areClaimsOld = false
        // Read before they are no longer said to wait: in between they would be nowhere.
        let claims = try ClaimTable.read(link, now: now)
        ledger.shelf.delivered(done)
        ledger.shelf.stored(claims, mayClaim: mayClaim, trouble: pause.words)
    }

    /// Delivers steps of claims; those that the store has now.
    private func deliverClaims(_ link: TeamLink) throws(TeamError) -> [ClaimStep] {
        var done: [ClaimStep] = []
        var gone: [ClaimStep] = []
        do throws(TeamError) {
            try ledger.shelf.file.empty { (steps: [ClaimStep]?) throws(TeamError) in
                let found = ledger.shelf.due(steps)
                gone = found.gone
                for step in found.due {
                    do throws(TeamError) {
                        try ClaimTable.perform(step, wall: wall, link)
                    } catch {
                        guard leavesOut(step.line, "what was done to a claim", error) else { throw error }
                    }
                    done.append(step)
                }
            }
            if !done.isEmpty {
                try ClaimTable.announce(link)
                if pause.took() { areClaimsOld = true }
            }
        } catch {
            // What was delivered is done once more with the rest, which changes nothing.
            try hold(error)
        }
        return done + gone
    }
}
