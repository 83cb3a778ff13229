import Domain
import Testing

@testable import History

@Suite("Measured values as bytes")
struct SampleBytesTests {
    @Test("places and cells are read as they were written, in whichever form is shortest")
    func round() throws {
        let places = [
            SamplePlace(at: 5 * 86_400, span: 0), SamplePlace(at: 5 * 86_400 + 300, span: 300),
            SamplePlace(at: 6 * 86_400 - 1, span: 3_600),
        ]
        #expect(SampleBytes.places(SampleBytes.bytes(places, day: 5), day: 5) == places)
        let idle = Array(repeating: SampleCell(0), count: 288)
        let plain = (0..<288).map { $0 == 7 ? .none : SampleCell(UInt16($0)) }
        var groups = plain
        groups[9] = SampleCell(mean: 3, maximum: 90, count: 12)
        for (cells, length) in [(idle, 4), (plain, 577), (groups, 1_441)] {
            let bytes = try #require(SampleBytes.bytes(cells))
            #expect(bytes.count == length)
            #expect(SampleBytes.cells(bytes, count: 288) == cells)
            // Of a file that is not whole nothing is made up.
            #expect(SampleBytes.cells(bytes, count: 287) == nil || length == 4)
            #expect(SampleBytes.cells(Array(bytes.dropLast()), count: 288) == nil)
        }
        #expect(SampleBytes.bytes(Array(repeating: .none, count: 9)) == nil)
        #expect(SampleBytes.cells([], count: 3) == nil && SampleBytes.cells([9, 9], count: 3) == nil)
    }

    @Test("putting together twice is as putting together once")
    func idempotent() {
        let places = (0..<40).map { SamplePlace(at: Int64($0 * $0 * 37), span: 0) }
        for step in [300, 3_600] as [Int64] {
            let once = SampleGroups(places, step: step)
            let twice = SampleGroups(once.places, step: step)
            #expect(twice.places == once.places && !twice.isThinned)
            #expect(once.ranges.flatMap { Array($0) } == Array(places.indices))
        }
    }

    @Test("the fields of a list are read as they were written; those of a newer version are unknown")
    func fields() {
        let all: [Field] = [
            Field("in_bps", "In", .rate), Field("dnrx", "Rx", .decibelMilliwatts), Field("e", "E", .number),
        ]
        let words = all.map { SampledField($0).word }.joined(separator: " ")
        #expect(words == "in_bps:rate dnrx:dbm e:number")
        #expect(SampledField.all(words).map { $0?.type } == [.rate, .decibelMilliwatts, .number])
        #expect(SampledField.all("a:kelvin b").allSatisfy { $0 == nil })
    }
}
