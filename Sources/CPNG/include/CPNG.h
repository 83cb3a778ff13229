// PNG files in memory, as pixels, for Swift.
//
// libpng reports trouble by longjmp, which Swift does not survive, and its structures change from release to
// release: both stay in shim.c.
#ifndef CPNG_H
#define CPNG_H

#include <stddef.h>
#include <stdint.h>

// Reads the size that a file claims to have. Gives 1; or 0 with words (at most `capacity` bytes with the
// terminator), which come from libpng and never from the file.
int cpng_size(
    const uint8_t *_Nonnull bytes, size_t count, uint32_t *_Nonnull width, uint32_t *_Nonnull height,
    char *_Nonnull message, size_t capacity);

// Decodes a whole file into 4 bytes a pixel, row by row: red, green, blue, and how opaque it is. `room` is the size
// of `pixels`: a file of any other size than width * height * 4 is refused. Gives 1; or 0 with words.
int cpng_decode(
    const uint8_t *_Nonnull bytes, size_t count, uint8_t *_Nonnull pixels, size_t room,
    char *_Nonnull message, size_t capacity);

#endif
