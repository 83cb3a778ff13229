/// Why a line is out of reach.
enum LineTrouble: Sendable, Equatable {
    /// The whole PON lost its light.
    case darkPON
    /// Its own fibre or cable is broken.
    case fibre
    /// The subscriber's power failed: the equipment said so with its last breath.
    case power
    /// Switched off for days.
    case away
    /// Somebody restarted it.
    case restart
    /// What serves it is out of reach.
    case node
}

/// A time during which a line was out of reach, and why.
struct LineOutage: Sendable, Equatable {
    let episode: Episode
    let trouble: LineTrouble
}

/// What happens to lines at a tick: a function of the seed and the tick, as the rest of life is.
struct LineLife: Sendable {
    let life: Life
    let access: AccessNetwork

    private var noise: Noise { life.noise }

    /// The subscriber's power fails.
    static let power = Schedule(topic: .power, period: 10_800, permille: 120, length: 600...5_400)
    /// The subscriber's own fibre breaks, until somebody drives there.
    static let fibre = Schedule(topic: .fibre, period: 172_800, permille: 400, length: 7_200...86_400)
    /// Nobody is at home.
    static let absence = Schedule(topic: .absence, period: 864_000, permille: 800, length: 86_400...777_600)
    /// A session ends each day and begins again.
    static let daily = Schedule(topic: .dialling, period: 86_400, permille: 1_000, length: 4...20)
    /// A session that does not hold.
    static let redial = Schedule(topic: .dialling, period: 1_800, permille: 700, length: 20...200)
    /// A service that is not well.
    static let trouble = Schedule(topic: .trouble, period: 28_800, permille: 250, length: 1_800...21_600)

    // MARK: PONs

    /// A PON goes dark every twenty minutes, the first three quarters of a minute after the beginning.
    private static let darkPeriod = 1_200

    /// The PONs that are or lately were dark, each with its times.
    func darkness(near tick: Int) -> [Int: [Episode]] {
        let large = access.pons.indices.filter { access.pons[$0].lines.count >= 8 }
        let candidates = large.isEmpty ? Array(access.pons.indices) : large
        guard !candidates.isEmpty else { return [:] }
        var found: [Int: [Episode]] = [:]
        let slot = floorDivide(tick, by: Self.darkPeriod)
        for slot in [slot - 1, slot] {
            for crew in 0..<max(candidates.count / 100, 1) {
                let thing = slot &* 64 &+ crew
                let delay = slot == 0 && crew == 0 ? 45 : noise.pick(60...400, .blackPON, thing, 1)
                let start = slot * Self.darkPeriod + delay
                let end = start + noise.pick(300...780, .blackPON, thing, 2)
                found[noise.pick(candidates, .blackPON, thing), default: []].append(
                    Episode(start: start, end: end))
            }
        }
        return found
    }

    // MARK: Lines

    /// What happened to a line alone lately.
    func ownOutages(of line: Line, near tick: Int) -> [LineOutage] {
        guard !line.traits.isDisjoint(with: [.losesPower, .losesFibre, .isAway]) else { return [] }
        var outages: [LineOutage] = []
        func add(_ schedule: Schedule, _ trait: Line.Traits, _ trouble: LineTrouble) {
            guard line.traits.contains(trait) else { return }
            outages += schedule.episodes(of: line.id, near: tick, noise).map {
                LineOutage(episode: $0, trouble: trouble)
            }
        }
        add(Self.power, .losesPower, .power)
        add(Self.fibre, .losesFibre, .fibre)
        add(Self.absence, .isAway, .away)
        return outages
    }

    /// When the session of a line was interrupted lately, apart from what happened to the line.
    func gaps(of line: Line, near tick: Int) -> [Episode] {
        let schedule = line.traits.contains(.redials) ? Self.redial : Self.daily
        return schedule.episodes(of: line.id, near: tick, noise)
    }

    /// Whether a service of the line is not well by itself; `service` tells its services apart.
    func ails(_ line: Line, service: Int, at tick: Int) -> Episode? {
        guard line.traits.contains(.fails) else { return nil }
        return Self.trouble.episodes(of: line.id * 16 + service, near: tick, noise).first { $0.covers(tick) }
    }

    // MARK: Light

    /// The light of an ONT in hundredths of a decibel: what arrives, what it sends, what arrives of that.
    func light(of line: Line, at tick: Int) -> Light {
        let drift = noise.pick(-25...25, .light, line.id, floorDivide(tick, by: 300) &* 4 &+ 3)
        let usual = line.traits.contains(.isDim) ? -3_090...(-2_740) : -2_480...(-1_720)
        let received = noise.pick(usual, .light, line.id) + drift
        let sent = noise.pick(190...290, .light, line.id, 1)
        return Light(
            received: received, sent: sent,
            returned: received - noise.pick(-60...220, .light, line.id, 2) + (sent - 240))
    }

    struct Light: Sendable {
        let received: Int
        let sent: Int
        let returned: Int
        /// What is lost on the way up.
        var attenuation: Int { sent - returned }
    }
}
