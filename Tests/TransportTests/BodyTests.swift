import HTTP
import Testing

@Suite("Bodies")
struct BodyTests {
    @Test("what is given back reads as zeros, what follows stays as it is", arguments: [0, 1, 16, 4_095])
    func forgotten(offset: Int) {
        let count = 1_000_000
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: offset + count + Body.padding, alignment: 4_096)
        defer { memory.deallocate() }
        let edges = UnsafeMutableRawBufferPointer(start: memory, count: offset)
        for place in edges.indices { edges[place] = 7 }
        let content = UnsafeMutableRawBufferPointer(start: memory + offset, count: count)
        for place in content.indices { content[place] = UInt8(place % 251 + 1) }
        let body = Body(takingOver: memory + offset, count: count) { _ in }
        for forgotten in [10, 5_000, 400_000, 399_999, 700_001, count, count + 1_000_000] {
            body.forget(first: forgotten)
            let (given, isRestWhole) = body.withUnsafeBytes { bytes in
                let given = bytes.prefix { $0 == 0 }.count
                let isWhole = bytes.indices.dropFirst(forgotten).allSatisfy {
                    bytes[$0] == UInt8($0 % 251 + 1)
                }
                return (given, isWhole)
            }
            #expect(isRestWhole)
            // Pages that hold other bytes as well stay.
            if forgotten >= 400_000, offset == 0 { #expect(given > min(forgotten, count) - 4_097) }
        }
        #expect(edges.allSatisfy { $0 == 7 })
    }
}
