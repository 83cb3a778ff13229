import Domain
import Testing

@Suite("Quantities")
struct QuantityTests {
    @Test(
        "rates have three digits that count",
        arguments: [
            (0, "0"), (840, "840"), (999.4, "999"), (999.6, "1.00k"), (1000, "1.00k"), (12_500, "12.5k"),
            (1_240_000_000, "1.24G"), (99_940, "99.9k"), (99_960, "100k"), (999_499, "999k"),
            (999_501, "1.00M"),
            (100e9, "100G"), (-12_500, "-12.5k"), (Double.nan, ""), (Double.infinity, ""),
        ])
    func rates(value: Double, text: String) {
        #expect(Quantity.rate(value) == text)
    }

    @Test(
        "bytes, per cent and power",
        arguments: [
            (Quantity.bytes(512), "512 B"), (Quantity.bytes(1.2e12), "1.2 TB"),
            (Quantity.bytes(45e6), "45 MB"),
            (Quantity.percent(35), "35 %"), (Quantity.percent(0.42), "0.4 %"),
            (Quantity.percent(81.5), "82 %"),
            (Quantity.percent(120.2), "120 %"), (Quantity.percent(9.96), "10 %"),
            (Quantity.decibelMilliwatts(-23.44), "-23.4 dBm"), (Quantity.decibelMilliwatts(-0.04), "0.0 dBm"),
            (Quantity.number(1.50), "1.5"), (Quantity.number(3), "3"), (Quantity.number(1e300), "1e+300"),
            (Quantity.number(1.5e20), "1.5e+20"), (Quantity.number(-2.05), "-2.05"),
            (Quantity.number(10), "10"),
            (Quantity.number(-0.25), "-0.25"), (Quantity.count(5210), "5,210"), (Quantity.count(999), "999"),
            (Quantity.count(-1_234_567), "-1,234,567"), (Quantity.count(0), "0"),
        ])
    func units(text: String, expected: String) {
        #expect(text == expected)
    }

    @Test(
        "durations have two units and ages one",
        arguments: [
            (0, "0s", "0s"), (12, "12s", "12s"), (60, "1m", "1m"), (252, "4m 12s", "4m"), (7200, "2h", "2h"),
            (7260, "2h 1m", "2h"), (7201, "2h", "2h"), (273_600, "3d 4h", "3d"), (-5, "-5s", "0s"),
            (Int64.min, "", "0s"),
        ])
    func times(seconds: Int64, duration: String, age: String) {
        #expect(Quantity.duration(seconds) == duration)
        #expect(Quantity.age(seconds) == age)
    }

    @Test("a cell shows each kind of value in its unit, and nothing for none")
    func cells() {
        let now = Timestamp(1000)
        let entity = EntityRef(BackendID(0), .device, id: 7)
        #expect(Quantity.text(.none, .rate, now: now) == "")
        #expect(Quantity.text(.integer(1_240_000), .rate, now: now) == "1.24M")
        #expect(Quantity.text(.integer(1500), .integer, now: now) == "1500")
        #expect(Quantity.text(.integer(1500), .bytes, now: now) == "1.5 kB")
        #expect(Quantity.text(.integer(252), .duration, now: now) == "4m 12s")
        #expect(Quantity.text(.number(0.5), .number, now: now) == "0.5")
        #expect(Quantity.text(.time(Timestamp(760)), .time, now: now) == "4m")
        #expect(Quantity.text(.time(Timestamp(.min)), .time, now: now) != "")
        #expect(Quantity.text(.flag(true), .flag, now: now) == "yes")
        #expect(Quantity.text(.ref(entity, name: "rtr"), .ref(.device), now: now) == "rtr")
        #expect(Quantity.text(.ref(entity, name: ""), .ref(.device), now: now) == "7")
        #expect(Quantity.text(.number(1e300), .duration, now: now) != "")
    }

    @Test(
        "what people write is read",
        arguments: [
            ("10M", 1e7, Quantity.Unit.factor), ("1.5G", 1.5e9, .factor), ("10k", 1e4, .factor),
            ("10K", 1e4, .factor), ("10Mbps", 1e7, .factor), ("1.2 TB", 1.2e12, .factor),
            ("35%", 35, .percent),
            ("-23.4dBm", -23.4, .decibelMilliwatts), ("5m", 300, .time), ("1h30m", 5400, .time),
            ("2d", 172_800, .time),
            ("1w", 604_800, .time), ("42", 42, .bare), ("-1", -1, .bare), (".5", 0.5, .bare),
            ("4m 12s", 252, .time),
        ])
    func reading(text: String, number: Double, unit: Quantity.Unit) {
        #expect(Quantity.read(text) == Quantity.Reading(number: number, unit: unit))
    }

    @Test(
        "anything else is not a quantity",
        arguments: [
            "", " ", "-", "M", "1x", "1.2.3", "1h30", "1h-5m", "ten", "5mm", "1e5", "nan", "5MM", "٣",
        ])
    func notReading(text: String) {
        #expect(Quantity.read(text) == nil)
    }
}
