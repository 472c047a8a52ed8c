/*
 * Whole numbers as a Chinese office writes them.
 */
#ifndef BASE_NUMERAL_H
#define BASE_NUMERAL_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Read a number at *at and move behind it: 173, １７３, 0173, 一百七十三,
 * 一七三, 二〇二四, 十, 廿三, 两百, 壹佰柒拾叁. 一百五 is 150, as people say it.
 * False and *at unmoved when there is none, it is over 99,999,999, or the
 * characters that follow make it none: 三十四五, 一亿, 3万.
 */
bool numeral_next(const char **at, uint32_t *value);

/* 14 -> 十四, 0 -> 零; over 99 in digits; 10 bytes. */
void numeral_chinese(uint32_t value, char out[10]);

#endif
