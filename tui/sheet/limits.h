/*
 * What a program that reads foreign bytes may use, so that a hostile file
 * costs a sentence and not the server.
 */
#ifndef SHEET_LIMITS_H
#define SHEET_LIMITS_H

/* Memory, CPU time, files, processes; no way back, and none to more rights. */
void limits_set(void);

#endif
