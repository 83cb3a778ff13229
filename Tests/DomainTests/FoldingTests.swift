import Testing

@testable import Domain

@Suite("Folding") struct FoldingTests {
    @Test("eight letters at once are folded as each alone is, wherever they stand")
    func plain() {
        let letters = Array(0...127 as ClosedRange<UInt8>)
        for start in 0..<20 {
            for count in [0, 1, 7, 8, 9, 64, 107] {
                let text = Array(letters[start..<start + count])
                let expected = text.map { Array(String(decoding: [$0], as: UTF8.self).lowercased().utf8)[0] }
                #expect(Folding.folded(ascii: text) == expected)
            }
        }
    }

    @Test("one byte of a longer character is found wherever it stands")
    func longer() {
        for place in 0..<19 {
            var text = [UInt8](repeating: 0x7F, count: 19)
            #expect(text.withUnsafeBufferPointer(Folding.isASCII))
            text[place] = 0x80
            #expect(!text.withUnsafeBufferPointer(Folding.isASCII))
        }
    }
}
