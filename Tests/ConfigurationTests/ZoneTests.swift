import Domain
import Foundation
import Testing

@testable import Configuration

@Suite("Zones")
struct ZoneTests {
    /// A file in the format of RFC 9636: a table of moments with their offsets, and the rule behind it.
    private func file(_ first: Int32, _ changes: [(Int64, Int32)], rule: String, version: Character = "2")
        -> [UInt8]
    {
        func number(_ value: some FixedWidthInteger) -> [UInt8] {
            withUnsafeBytes(of: value.bigEndian, Array.init)
        }
        func header(_ times: Int, _ types: Int) -> [UInt8] {
            var bytes = Array("TZif\(version)".utf8) + [UInt8](repeating: 0, count: 15)
            for count in [0, 0, 0, times, types, 4] { bytes += number(UInt32(count)) }
            return bytes
        }
        let offsets = [first] + changes.map(\.1)
        // The first version's data, which nobody needs any more.
        var bytes = header(0, 1) + [UInt8](repeating: 0, count: 6 + 4)
        bytes += header(changes.count, offsets.count)
        for (moment, _) in changes { bytes += number(moment) }
        for place in changes.indices { bytes.append(UInt8(place + 1)) }
        for offset in offsets { bytes += number(offset) + [0, 0] }
        return bytes + Array("UTC\0".utf8) + Array("\n\(rule)\n".utf8)
    }

    private func time(_ text: String, _ zone: ZoneRules) -> Timestamp? {
        CivilTime.parse(text, clock: ServerClock(zone))
    }

    private func utc(_ text: String) -> Timestamp? {
        CivilTime.parse(text, clock: ServerClock(offset: 0, isCertain: true))
    }

    @Test("a rule says when summer time holds, long after the table ends")
    func rule() throws {
        let zone = try #require(ZoneFile.parse(file(0, [(0, 3600)], rule: "CET-1CEST,M3.5.0,M10.5.0/3")))
        for (local, wanted) in [
            ("2026-01-15 12:00:00", "2026-01-15 11:00:00"), ("2026-07-15 12:00:00", "2026-07-15 10:00:00"),
            ("2026-03-29 01:59:59", "2026-03-29 00:59:59"), ("2026-03-29 03:00:00", "2026-03-29 01:00:00"),
            // Two o'clock comes twice: the first is meant. Half past two in March never comes.
            ("2026-10-25 02:30:00", "2026-10-25 00:30:00"), ("2026-10-25 03:00:00", "2026-10-25 02:00:00"),
            ("2026-03-29 02:30:00", "2026-03-29 01:30:00"), ("2099-07-15 12:00:00", "2099-07-15 10:00:00"),
            ("1969-07-15 12:00:00", "1969-07-15 12:00:00"),
        ] {
            #expect(time(local, zone) == utc(wanted), "\(local)")
        }
    }

    @Test("the southern half of the world, odd offsets, and rules by the day of the year")
    func others() throws {
        let chatham = try #require(
            ZoneFile.parse(file(45_900, [], rule: "<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45")))
        #expect(time("2026-01-15 13:45:00", chatham) == utc("2026-01-15 00:00:00"))
        #expect(time("2026-06-15 12:45:00", chatham) == utc("2026-06-15 00:00:00"))
        let days = try #require(ZoneFile.parse(file(0, [], rule: "AAA3BBB2,J60,300/0")))
        // March 1 is the 60th day in every year where February 29 is not counted.
        #expect(time("2028-03-01 01:59:59", days) == utc("2028-03-01 04:59:59"))
        #expect(time("2028-03-01 03:00:00", days) == utc("2028-03-01 05:00:00"))
        let fixed = try #require(ZoneFile.parse(file(19_800, [(0, 19_800)], rule: "IST-5:30")))
        #expect(time("2026-07-15 05:30:00", fixed) == utc("2026-07-15 00:00:00"))
    }

    @Test("the table counts before the rule")
    func table() throws {
        let moment = try #require(utc("2026-05-01 00:00:00")).seconds
        let zone = try #require(ZoneFile.parse(file(0, [(0, 7200), (moment, -3600)], rule: "")))
        #expect(time("2026-04-01 02:00:00", zone) == utc("2026-04-01 00:00:00"))
        #expect(time("2026-06-01 02:00:00", zone) == utc("2026-06-01 03:00:00"))
    }

    @Test("what is no zone file, or ends early, is refused")
    func damaged() {
        let whole = file(0, [(0, 3600)], rule: "CET-1CEST,M3.5.0,M10.5.0/3")
        for count in 0..<whole.count - 30 { #expect(ZoneFile.parse(Array(whole.prefix(count))) == nil) }
        #expect(ZoneFile.parse(file(0, [], rule: "", version: "\0")) == nil)
        #expect(
            ZoneFile.parse(
                Array("TZif2 and nothing behind it, of the length of two headers and more than that, so".utf8)
            ) == nil)
        var broken = whole
        broken[54 + 44 + 8] = 9
        #expect(ZoneFile.parse(broken) == nil)
        for rule in [
            "", "CET", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
            "\u{1b}[2J",
        ] {
            #expect(PosixZone(rule) == nil)
        }
    }

    @Test(
        "the machine's own zones are read as its C library reads them",
        arguments: [
            "Europe/Madrid", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Casablanca",
            "Etc/GMT+5",
        ])
    func own(name: String) throws {
        guard FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/\(name)") else { return }
        let zone = try ZoneFile.rules(of: name)
        let foundation = try #require(TimeZone(identifier: name))
        for day in stride(from: 0, to: 365 * 60, by: 3) {
            let moment = Timestamp(Int64(day) * 86_400 + 43_200)
            let wanted = foundation.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.seconds)))
            #expect(zone.offset(at: moment) == wanted, "\(name), day \(day)")
        }
    }

    @Test(
        "a name that leads out of the database is none",
        arguments: ["/etc/passwd", "../x", "Europe/../x", "Europe//x", "Europe/", "x;y", ""])
    func hostile(name: String) {
        #expect(throws: ZoneFile.Fault.self) { try ZoneFile.rules(of: name) }
    }
}
