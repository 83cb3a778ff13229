import Domain
import Testing

@Suite("Logs of servers")
struct ServerLogTests {
    private func entry(_ seconds: Int64, _ words: String = "x") -> ServerLog.Entry {
        ServerLog.Entry(Timestamp(seconds), isTimeCertain: true, words: words)
    }

    @Test("the newest comes first, what is older than wanted is left out, equals keep their order")
    func order() {
        let log = ServerLog(
            [entry(3, "a"), entry(9, "b"), entry(3, "c"), entry(1, "d")], since: Timestamp(3))
        #expect(log.entries.map(\.words) == ["b", "a", "c"])
        #expect(log.begins == nil && !log.isCut)
    }

    @Test("of too many the newest stay, and it says from when on")
    func bounded() {
        let log = ServerLog((1...500).map { entry($0) }, since: Timestamp(0))
        #expect(log.entries.count == ServerLog.limit && log.entries.first?.time == Timestamp(500))
        #expect(log.isCut && log.begins == Timestamp(301))
    }

    @Test("what a server has beyond is no lack where nothing so old is wanted")
    func beyond() {
        let cut = ServerLog([entry(50)], since: Timestamp(0), begins: Timestamp(50), isCut: true)
        #expect(cut.isCut && cut.begins == Timestamp(50))
        let enough = ServerLog([entry(50)], since: Timestamp(60), begins: Timestamp(50), isCut: true)
        #expect(!enough.isCut && enough.begins == nil && enough.entries.isEmpty)
        // Where nobody knows how far it was read, it stays cut.
        #expect(ServerLog([], since: Timestamp(60), isCut: true).isCut)
    }

    @Test("texts are one clean line of bounded length")
    func clean() {
        let bad = ServerLog.Entry(
            Timestamp(0), isTimeCertain: true,
            words: " a\u{1B}[2J\n b\u{202E}  " + String(repeating: "x", count: 999),
            type: String(repeating: "y", count: 99), who: "\u{0}")
        #expect(bad.words.hasPrefix("a[2J b xxx") && bad.words.count == 400 && bad.words.hasSuffix("…"))
        #expect(bad.type.count == 40 && bad.who == "")
    }

    @Test("a time that names its zone is certain, another one only where the clock is")
    func certain() {
        let guess = ServerClock(offset: 3_600, isCertain: false)
        let plain = WrittenTime("2026-11-21 01:00:00", clock: guess)
        #expect(plain?.isCertain == false && plain?.time == Timestamp(1_795_219_200))
        let zoned = WrittenTime("2026-11-21T01:00:00+02:00", clock: guess)
        #expect(zoned?.isCertain == true && zoned?.time == Timestamp(1_795_215_600))
        let known = WrittenTime("2026-11-21 01:00:00", clock: ServerClock(offset: 3_600, isCertain: true))
        #expect(known?.isCertain == true)
        #expect(WrittenTime("0000-00-00 00:00:00", clock: guess) == nil)
    }
}
